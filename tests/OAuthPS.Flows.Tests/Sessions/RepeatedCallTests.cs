using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OAuthPS.Flows.Api;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>When a call of an API is made again, how often, and after which wait.</summary>
public class RepeatedCallTests
{
    private static readonly Uri _things = new("/things", UriKind.Relative);

    [Fact]
    public async Task Chance_takes_up_to_half_of_a_wait_of_ones_own()
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), Status(503), Wire.Json("{}"));
        wire.Chance.Value = 0;

        await wire.PassTimeUntilAsync(await StartAsync(wire, new ApiCall { Uri = _things }));

        Assert.Equal(TimeSpan.FromSeconds(0.5), Assert.Single(wire.Log.Waits));
    }

    [Theory]
    [InlineData("GET", 408)]
    [InlineData("GET", 429)]
    [InlineData("GET", 500)]
    [InlineData("GET", 502)]
    [InlineData("HEAD", 503)]
    [InlineData("OPTIONS", 503)]
    [InlineData("PUT", 504)]
    [InlineData("DELETE", 500)]
    [InlineData("POST", 429)]
    [InlineData("PATCH", 429)]
    public async Task What_does_no_harm_twice_is_done_again_after_a_wait_that_doubles(string method, int status)
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), Status(status), Status(status), Status(status), Wire.Json("{}"));
        var response = await wire.PassTimeUntilAsync(await StartAsync(wire, new ApiCall { Uri = _things, Method = new HttpMethod(method) }));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)], wire.Log.Waits);
        Assert.Equal(5, wire.Requests.Count);
        Assert.All(wire.Requests.Skip(2), request => Assert.Equal(wire.Requests[1], request));
    }

    [Theory]
    [InlineData("POST", 500)]
    [InlineData("PATCH", 503)]
    [InlineData("PURGE", 502)]
    [InlineData("GET", 400)]
    [InlineData("GET", 404)]
    [InlineData("GET", 403)]
    [InlineData("GET", 501)]
    public async Task What_may_do_harm_twice_or_will_not_pass_is_an_error_at_once(string method, int status)
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), Status(status));

        var call = await StartAsync(wire, new ApiCall { Uri = _things, Method = new HttpMethod(method) });

        Assert.Equal(status, (await Assert.ThrowsAsync<OAuthServerException>(() => call)).StatusCode);
    }

    [Theory]
    [InlineData("POST", 2, 3)]
    [InlineData("GET", 1, 2)]
    [InlineData("GET", 0, 1)]
    public async Task A_number_of_tries_is_kept_to_whatever_the_method_and_the_interval_too(string method, int retries, int requests)
    {
        var wire = new Wire().Answers(Given.Token("t0ken")).Otherwise(_ => Status(503));

        var call = await StartAsync(
            wire, new ApiCall { Uri = _things, Method = new HttpMethod(method), MaximumRetryCount = retries, RetryInterval = TimeSpan.FromSeconds(7) });
        Assert.Equal(503, (await Assert.ThrowsAsync<OAuthServerException>(() => wire.PassTimeUntilAsync(call))).StatusCode);
        Assert.Equal(Enumerable.Repeat(TimeSpan.FromSeconds(7), retries), wire.Log.Waits);
        Assert.Equal(requests + 1, wire.Requests.Count);
    }

    [Theory]
    [InlineData("429 Too Many Requests\nX-RateLimit-Remaining: 0\nX-RateLimit-Reset: {0}", 30)]
    [InlineData("403 Forbidden\nX-RateLimit-Remaining: 0\nX-RateLimit-Reset: {0}", 30)]
    [InlineData("429 Too Many Requests\nRateLimit-Remaining: 0\nRateLimit-Reset: 12", 12)]
    [InlineData("429 Too Many Requests\nRateLimit: \"default\";r=0;t=9", 9)]
    [InlineData("403 Forbidden\nRetry-After: 5", 5)]
    public async Task A_limit_of_requests_says_how_long_to_wait(string response, int seconds)
    {
        var wire = new Wire();
        var reset = wire.Clock.GetUtcNow().AddSeconds(30).ToUnixTimeSeconds();
        wire.Answers(Given.Token("t0ken"), $"HTTP/1.1 {string.Format(CultureInfo.InvariantCulture, response, reset)}", Wire.Json("{}"));

        var call = await StartAsync(wire, new ApiCall { Uri = _things, Method = HttpMethod.Post });
        wire.Clock.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        Assert.Equal(2, wire.Requests.Count);
        wire.Clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(HttpStatusCode.OK, (await call).StatusCode);
        Assert.Contains($"{seconds} s", Assert.Single(wire.Log.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-RateLimit-Remaining: 0\nX-RateLimit-Reset: 99999999999999999999")]
    [InlineData("RateLimit-Remaining: 0\nRateLimit-Reset: 3600")]
    public async Task A_limit_that_lasts_longer_than_a_call_waits_is_an_error_at_once(string headers)
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), $"HTTP/1.1 403 Forbidden\n{headers}");
        wire.Otherwise(_ => Status(403));

        var call = await StartAsync(wire, new ApiCall { Uri = _things });
        wire.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(403, (await Assert.ThrowsAsync<OAuthServerException>(() => call)).StatusCode);
    }

    [Theory]
    [InlineData("X-RateLimit-Remaining: 0\nX-RateLimit-Reset: -Infinity")]
    [InlineData("X-RateLimit-Remaining: 0\nX-RateLimit-Reset: NaN")]
    [InlineData("RateLimit: \"default\";r=0;t=NaN")]
    [InlineData("Retry-After: -Infinity")]
    public async Task A_limit_without_a_meaning_says_nothing(string headers)
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), $"HTTP/1.1 429 X\n{headers}", Wire.Json("{}"));

        await wire.PassTimeUntilAsync(await StartAsync(wire, new ApiCall { Uri = _things }));

        Assert.Equal(TimeSpan.FromSeconds(1), Assert.Single(wire.Log.Waits));
    }

    [Theory]
    [InlineData("GET", true, 4)]
    [InlineData("POST", true, 4)]
    [InlineData("GET", false, 4)]
    [InlineData("POST", false, 1)]
    public async Task A_connection_that_fails_is_tried_again_unless_something_may_have_been_done(string method, bool isRefused, int requests)
    {
        var wire = new Wire().Answers(Given.Token("t0ken"));
        for (var i = 0; i < 4; i++)
            wire.Fails(isRefused
                ? new HttpRequestException(HttpRequestError.ConnectionError, "", new SocketException((int)SocketError.ConnectionRefused))
                : new HttpRequestException(HttpRequestError.ResponseEnded));

        var call = await StartAsync(wire, new ApiCall { Uri = _things, Method = new HttpMethod(method) });
        var error = await Assert.ThrowsAsync<OAuthConnectionException>(() => wire.PassTimeUntilAsync(call));
        Assert.Equal(isRefused ? "ServerUnreachable" : "ConnectionLost", error.ErrorId);
        Assert.Equal(requests + 1, wire.Requests.Count);
    }

    private static async Task<Task<ApiResponse>> StartAsync(Wire wire, ApiCall call)
    {
        var session = await wire.ConnectAsync(Given.Blynk);
        return session.SendAsync(call, wire.Log);
    }

    private static string Status(int status) => $"HTTP/1.1 {status} X";
}
