using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>How long a server asks to wait, in each of the forms in which servers say it.</summary>
public class RetryAfterTests
{
    [Theory]
    [InlineData("Retry-After: 7", 7.0)]
    [InlineData("Retry-After: 0", 0.0)]
    [InlineData("Retry-After: 2.25", 2.25)]
    [InlineData("Retry-After: 0.5", 0.5)]
    [InlineData("Retry-After: Fri, 02 Jan 2026 03:04:35 GMT", 30.0)]
    [InlineData("Retry-After: Fri, 02 Jan 2026 03:00:00 GMT", 0.0)]
    [InlineData("Retry-After: 2026-01-02T03:04:35Z", 30.0)]
    [InlineData("Retry-After: 2026-01-02T04:04:35.5+01:00", 30.5)]
    [InlineData("Retry-After: 1767323075", 30.0)]
    [InlineData("Retry-After: 1767323075500", 30.5)]
    [InlineData("Retry-After: 1767323000", 0.0)]
    [InlineData("Retry-After: 1767323075\nDate: Fri, 02 Jan 2026 03:04:25 GMT", 10.0)]
    [InlineData("Retry-After: 2026-01-02T03:04:35Z\nDate: Fri, 02 Jan 2026 03:04:25 GMT", 10.0)]
    public void A_wait_that_has_one_meaning_is_waited(string headers, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(headers));

    [Theory]
    [InlineData("X-Other: 7")]
    [InlineData("Retry-After: ")]
    [InlineData("Retry-After: soon")]
    [InlineData("Retry-After: -3")]
    [InlineData("Retry-After: 1e9")]
    [InlineData("Retry-After: 1,5")]
    [InlineData("Retry-After: NaN")]
    [InlineData("Retry-After: Infinity")]
    [InlineData("Retry-After: -Infinity")]
    [InlineData("Retry-After: -1")]
    [InlineData("Retry-After: 2026-01-02T03:04:35")]
    [InlineData("Retry-After: 99999999999999999999999999999999")]
    [InlineData("Retry-After: 500000000000")]
    [InlineData("Retry-After: 1\nRetry-After: 2")]
    [InlineData("Retry-After: 0.00000000000000000000000000000000000000000000000000000000000000001")]
    public void What_has_no_meaning_or_more_than_one_asks_for_nothing(string headers) => Assert.Null(Read(headers));

    [Fact]
    public async Task A_part_of_a_second_is_waited_by_an_API_call()
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), "HTTP/1.1 429 Too Many Requests\nRetry-After: 1.5", Wire.Json("{}"));
        var session = await wire.ConnectAsync(Given.Blynk);

        var call = session.SendAsync(new() { Uri = new Uri("/v1", UriKind.Relative) }, wire.Log);
        wire.Clock.Advance(TimeSpan.FromSeconds(1.4));
        Assert.False(call.IsCompleted);
        wire.Clock.Advance(TimeSpan.FromSeconds(0.1));

        await call;
        Assert.Equal("The API asks to wait 1.5 s before the next try (429).", Assert.Single(wire.Log.Warnings));
    }

    private static TimeSpan? Read(string headers)
    {
        using var response = Wire.Parse($"HTTP/1.1 429 Too Many Requests\n{headers}");
        return RetryAfter.Read(response.Headers, Given.Start);
    }
}
