using System.Globalization;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>A machine whose clock is not the server's: a token lives as long as the server meant, by whichever clock.</summary>
public sealed class SkewedClockTests : IDisposable
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(15);

    private readonly Wire _wire = new();

    private DateTimeOffset Now => _wire.Clock.GetUtcNow();

    public void Dispose() => _wire.Dispose();

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    [InlineData(-60)]
    [InlineData(600_000)]
    public async Task The_lifetime_is_what_the_server_meant_however_wrong_our_clock_is(int minutesAhead)
    {
        var serverTime = Now - TimeSpan.FromMinutes(minutesAhead);
        _wire.Answers(Response(serverTime, serverTime + _lifetime), Given.Token("second"));

        var session = await _wire.ConnectAsync(Given.SpatiaFi);

        Assert.Equal(Now + _lifetime, session.ExpiresAt);
        Assert.Equal("first", (await session.GetTokenAsync()).TokenOf());
        _wire.Clock.Advance(_lifetime);
        Assert.True(session.IsExpired);
        Assert.Equal("second", (await session.GetTokenAsync()).TokenOf());
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(5)]
    public async Task A_few_seconds_are_the_way_of_the_answer_and_not_the_clock(int seconds)
    {
        _wire.Answers(Response(Now.AddSeconds(seconds), Now + _lifetime));

        Assert.Equal(Now + _lifetime, (await _wire.ConnectAsync(Given.SpatiaFi)).ExpiresAt);
    }

    [Fact]
    public async Task A_server_that_does_not_say_what_time_it_is_is_taken_at_its_word()
    {
        _wire.Answers(Wire.Json($$"""{"access_token":"first","expires_at":{{(Now + _lifetime).ToUnixTimeSeconds()}}}"""));

        Assert.Equal(Now + _lifetime, (await _wire.ConnectAsync(Given.SpatiaFi)).ExpiresAt);
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public async Task Expires_in_counts_by_our_own_clock_alone(int minutes)
    {
        _wire.Answers($"HTTP/1.1 200 OK\nDate: {Http(Now.AddMinutes(minutes))}\n\n{{\"access_token\":\"first\",\"expires_in\":900}}");

        Assert.Equal(Now + _lifetime, (await _wire.ConnectAsync(Given.SpatiaFi)).ExpiresAt);
    }

    [Theory]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 1000000000)]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT", 253402300799)]
    [InlineData("yesterday", 1767323945)]
    public async Task A_time_that_cannot_be_is_no_failure(string date, long expiresAt)
    {
        _wire.Answers($"HTTP/1.1 200 OK\nDate: {date}\n\n{{\"access_token\":\"first\",\"expires_at\":{expiresAt}}}");

        Assert.NotNull((await _wire.ConnectAsync(Given.SpatiaFi)).ExpiresAt);
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public async Task A_date_to_come_back_at_counts_from_the_servers_time(int minutes)
    {
        var serverTime = Now.AddMinutes(minutes);
        _wire.Answers($"HTTP/1.1 429 Too Many Requests\nDate: {Http(serverTime)}\nRetry-After: {Http(serverTime.AddSeconds(10))}", Given.Token("t"));

        await _wire.PassTimeUntilAsync(_wire.ConnectAsync(Given.SpatiaFi));

        Assert.Equal(["The token request was answered 429; trying again in 10.5 s."], _wire.Log.Warnings);
    }

    private static string Response(DateTimeOffset date, DateTimeOffset expiresAt) =>
        $"HTTP/1.1 200 OK\nDate: {Http(date)}\nContent-Type: application/json\n\n{{\"access_token\":\"first\",\"token_type\":\"bearer\",\"expires_at\":{expiresAt.ToUnixTimeSeconds()}}}";

    private static string Http(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);
}
