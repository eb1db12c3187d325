using System.Net;
using System.Net.Sockets;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>A redirect URI is compared by the server character by character: it goes out and is exchanged as it was given.</summary>
public class RedirectUriTests
{
    [Theory]
    [InlineData("http://127.0.0.1:{0}")]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://127.0.0.1:{0}/callback")]
    [InlineData("http://127.0.0.1:{0}/callback/")]
    [InlineData("http://127.0.0.1:{0}/call%7Eback")]
    [InlineData("http://127.0.0.1:{0}/a%20b/ü")]
    [InlineData("http://127.0.0.1:{0}/callback?tenant=7")]
    [InlineData("http://localhost:{0}")]
    [InlineData("http://localhost:{0}/callback")]
    [InlineData("HTTP://LocalHost:{0}/Callback")]
    [InlineData("http://127.0.0.2:{0}/")]
    public async Task A_fixed_redirect_URI_is_sent_and_exchanged_byte_for_byte(string form)
    {
        var redirectUri = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, RawBrowser.FreePort());
        var run = await SignInRun.StartAsync(SignInRun.Space, redirectUri);
        Assert.Contains($"&redirect_uri={Uri.EscapeDataString(redirectUri)}&", run.Url.AbsoluteUri, StringComparison.Ordinal);

        var target = new Uri(redirectUri);
        var separator = target.Query.Length > 0 ? '&' : '?';
        var address = IPAddress.TryParse(target.Host, out var given) ? given : IPAddress.Loopback;
        var asSent = redirectUri.Contains('%', StringComparison.Ordinal) && !redirectUri.Contains('ü', StringComparison.Ordinal) ? redirectUri[redirectUri.IndexOf('/', 8)..] : target.PathAndQuery;
        var page = await RawBrowser.SendAsync(
            run.Port, $"GET {asSent}{separator}code=the-code&state={run.State} HTTP/1.1\nHost: {target.Authority}\n\n", address);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", page, StringComparison.Ordinal);
        await run.EndAsync();
        Assert.Contains($"&redirect_uri={Uri.EscapeDataString(redirectUri).Replace("%20", "+", StringComparison.Ordinal)}&", run.Wire.LastRequest, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_IPv6_redirect_URI_is_listened_on_there_and_sent_byte_for_byte()
    {
        Skip.IfNot(HasIPv6(), "There is no ::1 here.");
        var redirectUri = $"http://[::1]:{RawBrowser.FreePort()}/callback";
        var run = await SignInRun.StartAsync(SignInRun.Space, redirectUri);
        Assert.Equal(redirectUri, run.RedirectUri);

        var page = await RawBrowser.SendAsync(
            run.Port, $"GET /callback?code=c&state={run.State} HTTP/1.1\nHost: [::1]:{run.Port}\n\n", IPAddress.IPv6Loopback);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", page, StringComparison.Ordinal);
        await run.EndAsync();
    }

    [Theory]
    [InlineData("http://127.0.0.1:0/callback?at=:0", "http://127.0.0.1:{0}/callback?at=:0")]
    [InlineData("http://localhost:0", "http://localhost:{0}")]
    [InlineData("http://127.0.0.1:0?x=1/2", "http://127.0.0.1:{0}?x=1/2")]
    public async Task Port_0_is_replaced_by_a_free_one_and_nothing_else_is_touched(string given, string expected)
    {
        var run = await SignInRun.StartAsync(SignInRun.Space, given);

        Assert.NotEqual(0, run.Port);
        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, run.Port), run.RedirectUri);
    }

    // RFC 8252 section 7.3: it may be any, so a server that has it registered without one takes any.
    [Theory]
    [InlineData("http://localhost", "http://localhost:{0}")]
    [InlineData("http://localhost/", "http://localhost:{0}/")]
    [InlineData("http://LOCALHOST:/Callback", "http://LOCALHOST:{0}/Callback")]
    [InlineData("http://127.0.0.1/callback?at=:7", "http://127.0.0.1:{0}/callback?at=:7")]
    [InlineData("http://127.0.0.1?x=1/2:3", "http://127.0.0.1:{0}?x=1/2:3")]
    public async Task A_loopback_redirect_URI_without_a_port_gets_a_free_one(string given, string expected)
    {
        var run = await SignInRun.StartAsync(SignInRun.Space, given);

        Assert.NotEqual(80, run.Port);
        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, run.Port), run.RedirectUri);
        await run.AnswerWithCodeAsync();
        await run.EndAsync();
        Assert.Contains($"&redirect_uri={Uri.EscapeDataString(run.RedirectUri)}&", run.Wire.LastRequest, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_IPv6_redirect_URI_without_a_port_gets_a_free_one_too()
    {
        Skip.IfNot(HasIPv6(), "There is no ::1 here.");

        var run = await SignInRun.StartAsync(SignInRun.Space, "http://[::1]/cb");

        Assert.Equal($"http://[::1]:{run.Port}/cb", run.RedirectUri);
        Assert.NotEqual(80, run.Port);
    }

    // A browser tries either address of the name first, and nobody else must get the response there.
    [SkippableFact]
    public async Task A_name_with_a_free_port_is_listened_on_at_both_its_addresses()
    {
        Skip.IfNot(HasIPv6(), "There is no ::1 here.");
        var run = await SignInRun.StartAsync(SignInRun.Space, "http://localhost");

        var page = await RawBrowser.SendAsync(
            run.Port, $"GET /?code=c&state={run.State} HTTP/1.1\nHost: localhost:{run.Port}\n\n", IPAddress.IPv6Loopback);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", page, StringComparison.Ordinal);
        await run.EndAsync();
    }

    [Theory]
    [InlineData("callback")]
    [InlineData("/callback")]
    [InlineData("http://127.0.0.1:8400/#fragment")]
    public async Task What_is_no_redirect_URI_is_refused_before_anybody_is_sent_anywhere(string redirectUri)
    {
        var failure = await Assert.ThrowsAsync<OAuthUsageException>(() => SignInRun.StartAsync(SignInRun.Space, redirectUri));
        Assert.Equal("InvalidRedirectUri", failure.ErrorId);
    }

    private static bool HasIPv6()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
