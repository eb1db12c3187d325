using System.Globalization;
using OAuthPS.Flows.Tests.ClientAuthentication;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>A machine whose clock is wrong, and a server that takes nothing that is too old or of the future (RFC 7523 section 3).</summary>
public sealed class SignedByServerClockTests : IDisposable
{
    private readonly Wire _wire = new();

    public void Dispose() => _wire.Dispose();

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public async Task A_refused_assertion_is_signed_once_more_by_the_servers_clock_and_so_are_all_that_follow(int minutes)
    {
        var serverTime = _wire.Clock.GetUtcNow().AddMinutes(minutes);
        _wire.Answers(Refusal(serverTime, """{"detail":"expired assertion"}"""), Token(serverTime), Token(serverTime));

        var session = await _wire.ConnectAsync(Given.SpatiaFi);
        await session.RenewAsync();

        Assert.Equal(
            [_wire.Clock.GetUtcNow(), serverTime, serverTime],
            _wire.Requests.Select(request => DateTimeOffset.FromUnixTimeSeconds(SentAssertion.Of(request).Claims.GetProperty("iat").GetInt64())));
        Assert.Equal(3, _wire.Requests.Select(request => SentAssertion.Of(request).Claims.GetProperty("jti").GetString()).Distinct().Count());
        Assert.StartsWith($"This machine's clock is 600 s {(minutes > 0 ? "behind" : "ahead of")} the server's.", Assert.Single(_wire.Log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_by_a_server_of_the_same_time_is_final()
    {
        _wire.Answers(Refusal(_wire.Clock.GetUtcNow().AddSeconds(20), """{"detail":"wrong secret"}"""));

        await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Given.SpatiaFi));

        Assert.Single(_wire.Requests);
    }

    [Fact]
    public async Task A_second_refusal_is_final_whatever_the_time()
    {
        var serverTime = _wire.Clock.GetUtcNow().AddMinutes(10);
        _wire.Answers(Refusal(serverTime, """{"detail":"wrong secret"}"""), Refusal(serverTime, """{"detail":"wrong secret"}"""));

        await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Given.SpatiaFi));

        Assert.Equal(2, _wire.Requests.Count);
    }

    // No clock is a century wrong: whoever says so wants something signed for another day, or for none that can be written.
    [Theory]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData("Wed, 01 Jan 2200 00:00:00 GMT")]
    public async Task A_time_that_cannot_be_is_not_signed_for(string date)
    {
        _wire.Otherwise(_ => $"HTTP/1.1 400 Bad Request\nContent-Type: application/json\nDate: {date}\n\n{{\"error\":\"invalid_client\"}}");

        await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Given.SpatiaFi));
        await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Given.SpatiaFi));

        Assert.All(_wire.Requests, request => Assert.Equal(_wire.Clock.GetUtcNow().ToUnixTimeSeconds(), SentAssertion.Of(request).Claims.GetProperty("iat").GetInt64()));
        Assert.Empty(_wire.Log.Warnings);
    }

    // A machine that has lost its battery, and one that was set to the wrong century's end.
    [Theory]
    [InlineData(-56)]
    [InlineData(90)]
    public async Task A_clock_may_be_decades_wrong(int years)
    {
        var serverTime = _wire.Clock.GetUtcNow().AddYears(years);
        _wire.Answers(Refusal(serverTime, """{"detail":"expired assertion"}"""), Token(serverTime));

        await _wire.ConnectAsync(Given.SpatiaFi);

        Assert.Equal(serverTime.ToUnixTimeSeconds(), SentAssertion.Of(_wire.LastRequest).Claims.GetProperty("iat").GetInt64());
    }

    // The grant was looked at, so the assertion was in order; and a used-up refresh token is not sent twice.
    [Fact]
    public async Task A_grant_that_is_refused_was_not_refused_for_the_time()
    {
        _wire.Answers(Refusal(_wire.Clock.GetUtcNow().AddMinutes(10), """{"error":"invalid_grant"}"""));

        await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Given.SpatiaFi));

        Assert.Single(_wire.Requests);
    }

    // Nothing in it is signed, so no clock matters.
    [Fact]
    public async Task A_refused_secret_is_not_sent_again()
    {
        _wire.Answers(Refusal(_wire.Clock.GetUtcNow().AddMinutes(10), """{"error":"invalid_client"}"""));

        await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Given.Blynk));

        Assert.Single(_wire.Requests);
    }

    private static string Refusal(DateTimeOffset date, string body) => $"HTTP/1.1 400 Bad Request\nContent-Type: application/json\nDate: {Http(date)}\n\n{body}";

    private static string Token(DateTimeOffset date) =>
        $"HTTP/1.1 200 OK\nContent-Type: application/json\nDate: {Http(date)}\n\n{{\"access_token\":\"t\",\"token_type\":\"bearer\",\"expires_at\":{date.AddMinutes(15).ToUnixTimeSeconds()}}}";

    private static string Http(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);
}
