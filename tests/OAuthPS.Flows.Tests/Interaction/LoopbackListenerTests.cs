using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>The loopback redirect's receiving end: one response, on one path, from this machine, and gone.</summary>
public class LoopbackListenerTests
{
    [Fact]
    public async Task It_listens_on_loopback_alone()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);

        var endpoints = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(endpoint => endpoint.Port == run.Port).ToList();

        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, endpoint => Assert.True(IPAddress.IsLoopback(endpoint.Address), endpoint.ToString()));
    }

    [Fact]
    public async Task It_answers_once_and_is_gone()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await run.AnswerWithCodeAsync(), StringComparison.Ordinal);
        var session = await run.EndAsync();

        Assert.True(RawBrowser.IsFree(run.Port));
        Assert.Equal("token", (await session.GetTokenAsync()).TokenOf());
        Assert.Single(run.Wire.Requests);
    }

    [Fact]
    public async Task A_fixed_port_can_be_used_again_at_once()
    {
        var redirectUri = $"http://127.0.0.1:{RawBrowser.FreePort()}/";
        for (var time = 0; time < 3; time++)
        {
            var run = await SignInRun.StartAsync(SignInRun.Space, redirectUri);
            await run.AnswerWithCodeAsync();
            await run.EndAsync();
        }
    }

    [Theory]
    [InlineData("/favicon.ico")]
    [InlineData("/callback/")]
    [InlineData("/callback/../callback2?code=x&state=y")]
    [InlineData("/Callback?code=x&state=y")]
    [InlineData("//callback?code=x&state=y")]
    [InlineData("/?code=x&state=y")]
    [InlineData("/callback")]
    [InlineData("/callback?")]
    [InlineData("http://127.0.0.1/callback?code=x&state=y")]
    public async Task A_stray_request_is_answered_404_and_the_wait_goes_on(string target)
    {
        var run = await SignInRun.StartAsync(SignInRun.Space, "http://127.0.0.1:0/callback");

        var response = await RawBrowser.GetAsync(run.Port, target);

        Assert.StartsWith("HTTP/1.1 404 Not Found\r\n", response, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", response, StringComparison.Ordinal);
        await SignsInAsync(run);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("get")]
    [InlineData("CONNECT")]
    public async Task Another_method_is_answered_400_and_the_wait_goes_on(string method)
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);

        var response = await RawBrowser.SendAsync(
            run.Port, $"{method} /?code=forged&state={run.State} HTTP/1.1\nHost: 127.0.0.1:{run.Port}\nContent-Length: 0\n\n");

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", response, StringComparison.Ordinal);
        Assert.DoesNotContain("Access-Control-Allow", response, StringComparison.OrdinalIgnoreCase);
        await SignsInAsync(run);
    }

    [Fact]
    public async Task Of_two_answers_at_once_one_is_taken()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => TryResponseAsync(run, number)));

        await run.EndAsync();
        Assert.Single(answers, response => response.StartsWith("HTTP/1.1 200 OK", StringComparison.Ordinal));
        Assert.Single(run.Wire.Requests);
    }

    [Fact]
    public async Task Two_sign_ins_at_once_have_a_port_and_a_state_each_and_take_only_their_own_answer()
    {
        var first = await SignInRun.StartAsync(SignInRun.Space);
        var second = await SignInRun.StartAsync(SignInRun.Space);
        Assert.NotEqual(first.Port, second.Port);

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", await second.AnswerAsync($"code=c&state={first.State}"), StringComparison.Ordinal);

        await SignsInAsync(first);
        await SignsInAsync(second);
    }

    [Fact]
    public async Task A_port_that_another_program_has_is_taken()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var failure = await Assert.ThrowsAsync<OAuthUsageException>(() => SignInRun.StartAsync(SignInRun.Space, $"http://127.0.0.1:{port}/"));

        Assert.Equal("PortNotAvailable", failure.ErrorId);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task Two_sign_ins_at_once_on_one_fixed_port_are_told_that_it_is_taken(string host)
    {
        var redirectUri = $"http://{host}:{RawBrowser.FreePort()}/";
        var first = await SignInRun.StartAsync(SignInRun.Space, redirectUri);

        var failure = await Assert.ThrowsAsync<OAuthUsageException>(() => SignInRun.StartAsync(SignInRun.Space, redirectUri));

        Assert.Equal("PortNotAvailable", failure.ErrorId);
        Assert.Contains($"Port {first.Port} of the redirect URI", failure.Message, StringComparison.Ordinal);
        await SignsInAsync(first);
    }

    internal static async Task SignsInAsync(SignInRun run)
    {
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await run.AnswerWithCodeAsync(), StringComparison.Ordinal);
        Assert.Equal("token", (await (await run.EndAsync()).GetTokenAsync()).TokenOf());
    }

    private static async Task<string> TryResponseAsync(SignInRun run, int number)
    {
        try
        {
            return await run.AnswerAsync($"code=code-{number}&state={run.State}");
        }
        catch (SocketException)
        {
            return "";
        }
    }
}
