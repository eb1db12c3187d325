namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>When a token ends, in each form in which servers say it. A time without one meaning is not known; it never costs the token.</summary>
public class ResponseTimeTests
{
    // Given.Start is 2026-01-02T03:04:05Z, which is 1767323045.
    [Theory]
    [InlineData("\"expires_in\":\"3600s\"", "2026-01-02T04:04:05Z")]
    [InlineData("\"expires_in\":\" 3600 \"", "2026-01-02T04:04:05Z")]
    [InlineData("\"expires_in\":\"PT1H30M\"", "2026-01-02T04:34:05Z")]
    [InlineData("\"expires_in\":\"P1DT5S\"", "2026-01-03T03:04:10Z")]
    [InlineData("\"expires_in\":1767326645", "2026-01-02T04:04:05Z")]
    [InlineData("\"expires_in\":1767326645000", "2026-01-02T04:04:05Z")]
    [InlineData("\"expires_in\":\"2026-01-02T04:04:05.123456789Z\"", "2026-01-02T04:04:05.1234567Z")]
    [InlineData("\"expires_at\":\"2026-01-02t06:04:05+02:00\"", "2026-01-02T04:04:05Z")]
    [InlineData("\"expires_at\":\"2026-01-02 04:04:05 +0000\"", "2026-01-02T04:04:05Z")]
    [InlineData("\"expires_at\":\"20260102T040405Z\"", "2026-01-02T04:04:05Z")]
    [InlineData("\"expires_at\":1767326645000", "2026-01-02T04:04:05Z")]
    [InlineData("\"expires_at\":3600", "2026-01-02T04:04:05Z")]
    [InlineData("\"expires_on\":\"1767326645\"", "2026-01-02T04:04:05Z")]
    [InlineData("\"expires_on\":\"1/2/2026 4:04:05 AM +00:00\"", "2026-01-02T04:04:05Z")]
    [InlineData("\"expires\":7200", "2026-01-02T05:04:05Z")]
    [InlineData("\"expires\":\"Fri, 02 Jan 2026 04:04:05 GMT\"", "2026-01-02T04:04:05Z")]
    [InlineData("\".expires\":\"Fri, 2 Jan 2026 04:04:05 GMT\"", "2026-01-02T04:04:05Z")]
    [InlineData("\"expires_in\":60,\"expires_on\":\"1767326645\"", "2026-01-02T03:05:05Z")]
    [InlineData("\"expires_in\":\"\",\"expires_on\":\"1767326645\"", "2026-01-02T04:04:05Z")]
    [InlineData("\"expires_in\":\"soon\",\"expires\":60", "2026-01-02T03:05:05Z")]
    public async Task A_time_with_one_meaning_is_that_time(string member, string end)
    {
        var wire = new Wire().Answers(Wire.Json($$"""{"access_token":"t",{{member}}}"""));

        var session = await wire.ConnectAsync(Given.Blynk);

        Assert.Equal(DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture), session.ExpiresAt);
        Assert.Empty(wire.Log.Warnings);
    }

    [Theory]
    [InlineData("\"expires_in\":\"\"")]
    [InlineData("\"expires_in\":\" \"")]
    [InlineData("\"expires_in\":0")]
    [InlineData("\"expires_in\":\"0\"")]
    [InlineData("\"expires_in\":0.0")]
    [InlineData("\"expires_in\":-1")]
    [InlineData("\"expires_in\":\"-1\"")]
    [InlineData("\"expires_in\":false")]
    [InlineData("\"expires_at\":0")]
    [InlineData("\"expires_on\":null")]
    public async Task A_server_that_says_nothing_gives_a_token_whose_end_is_not_known(string member)
    {
        var wire = new Wire().Answers(Wire.Json($$"""{"access_token":"first",{{member}}}"""), Wire.Json("{}"), Wire.Json("{}"), "HTTP/1.1 401 Unauthorized", Given.Token("second"), Wire.Json("{}"));
        var session = await wire.ConnectAsync(Given.Blynk);

        await session.SendAsync(new() { Uri = new Uri("/x", UriKind.Relative) });
        wire.Clock.Advance(TimeSpan.FromDays(40));
        await session.SendAsync(new() { Uri = new Uri("/x", UriKind.Relative) });
        await session.SendAsync(new() { Uri = new Uri("/x", UriKind.Relative) });

        Assert.Empty(wire.Log.Warnings);
        Assert.Contains("Authorization: Bearer first\n", wire.Requests[2], StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer second\n", wire.LastRequest, StringComparison.Ordinal);
        Assert.Equal(6, wire.Requests.Count);
    }

    [Theory]
    [InlineData("\"expires_in\":\"soon\"", "expires_in")]
    [InlineData("\"expires_in\":-5", "expires_in")]
    [InlineData("\"expires_in\":1e300", "expires_in")]
    [InlineData("\"expires_in\":1e999", "expires_in")]
    [InlineData("\"expires_in\":\"NaN\"", "expires_in")]
    [InlineData("\"expires_in\":\"Infinity\"", "expires_in")]
    [InlineData("\"expires_in\":true", "expires_in")]
    [InlineData("\"expires_in\":[3600]", "expires_in")]
    [InlineData("\"expires_in\":{\"s\":1}", "expires_in")]
    [InlineData("\"expires_in\":\"\\ud800\"", "expires_in")]
    [InlineData("\"expires_in\":251000000000000", "expires_in")]
    [InlineData("\"expires_in\":\"3,600\"", "expires_in")]
    [InlineData("\"expires_at\":\"2026-01-02T04:04:05\"", "expires_at")]
    [InlineData("\"expires_at\":\"02/01/2026\"", "expires_at")]
    [InlineData("\"expires_at\":\"04:04\"", "expires_at")]
    [InlineData("\"expires_at\":99999999999999999", "expires_at")]
    [InlineData("\"expires\":\"never\"", "expires")]
    public async Task A_time_without_a_meaning_is_told_once_and_costs_nothing_else(string member, string name)
    {
        var wire = new Wire().Otherwise(_ => Wire.Json($$"""{"access_token":"secret-access-token",{{member}},"refresh_token":"secret-refresh-token"}"""));

        var session = await wire.ConnectAsync(Given.Blynk);
        await session.RenewAsync(wire.Log);

        Assert.Null(session.ExpiresAt);
        Assert.Equal($"In the response of the token request from https://fra1.blynk.cloud/oauth2/token '{name}' is no time, so it is not known when the token ends.", Assert.Single(wire.Log.Warnings));
        NoSecret.In(wire.Log, "secret-access-token", "secret-refresh-token", Given.ClientSecret);
    }

    [Fact]
    public async Task A_long_text_is_no_time_and_is_read_no_further()
    {
        var wire = new Wire().Answers(Wire.Json($$"""{"access_token":"t","expires_in":"{{new string('9', 500_000)}}"}"""));

        Assert.Null((await wire.ConnectAsync(Given.Blynk)).ExpiresAt);
    }
}
