using OAuthPS.Flows.Messages;

namespace OAuthPS.Flows.Tests.Discovery;

/// <summary>For how long metadata is kept: what the response says, a minute at least and a day at most (RFC 9111).</summary>
public class KeptMetadataTests
{
    private const string Issuer = "https://login.example.com";

    private Wire Wire { get; } = new();

    // The server's clock is an hour ahead of this one's.
    [Theory]
    [InlineData("", 24 * 60)]
    [InlineData("Cache-Control: max-age=3600\n", 60)]
    [InlineData("Cache-Control: public, max-age=600, must-revalidate\n", 10)]
    [InlineData("Cache-Control: max-age=3600\nAge: 600\n", 50)]
    [InlineData("Cache-Control: max-age=3600\nAge: long\n", 60)]
    [InlineData("Cache-Control: max-age=31536000\n", 24 * 60)]
    [InlineData("Cache-Control: max-age=99999999999999999999\n", 24 * 60)]
    [InlineData("Cache-Control: max-age=-5\n", 24 * 60)]
    [InlineData("Cache-Control: max-age=5\n", 1)]
    [InlineData("Cache-Control: max-age=60\nAge: 2147483647\n", 1)]
    [InlineData("Cache-Control: no-store\n", 1)]
    [InlineData("Cache-Control: no-cache, max-age=3600\n", 1)]
    [InlineData("Cache-Control: ,;=\n", 24 * 60)]
    [InlineData("Date: Fri, 02 Jan 2026 04:04:05 GMT\nExpires: Fri, 02 Jan 2026 06:04:05 GMT\n", 120)]
    [InlineData("Expires: Fri, 02 Jan 2026 03:34:05 GMT\n", 30)]
    [InlineData("Expires: Fri, 31 Dec 9999 23:59:59 GMT\n", 24 * 60)]
    [InlineData("Expires: Thu, 01 Jan 1970 00:00:00 GMT\n", 1)]
    [InlineData("Expires: 0\n", 1)]
    [InlineData("Expires: -1\n", 1)]
    [InlineData("Cache-Control: max-age=600\nExpires: 0\n", 10)]
    [InlineData("Pragma: no-cache\n", 24 * 60)]
    public async Task It_is_asked_for_again_when_its_response_says_so(string headers, int minutes)
    {
        Wire.Otherwise(_ => Document(headers));
        var first = await GetAsync();

        Wire.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromTicks(1));
        Assert.Same(first, await GetAsync());
        Assert.Single(Wire.Requests);

        Wire.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.NotSame(first, await GetAsync());
        Assert.Equal(2, Wire.Requests.Count);
    }

    [Fact]
    public async Task The_old_serves_while_the_server_cannot_be_reached_for_a_day_and_is_not_asked_for_more_than_once_a_minute()
    {
        Wire.Answers(Document("Cache-Control: max-age=3600\n"));
        var first = await GetAsync();
        Wire.Otherwise(_ => "HTTP/1.1 503 Unavailable\nRetry-After: 3600\n\n");

        Wire.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Same(first, await GetAsync());
        Assert.Same(first, await GetAsync());
        Assert.Equal(3, Wire.Requests.Count);
        Assert.Contains("What is known of before is used.", Wire.Log.Text, StringComparison.Ordinal);

        Wire.Clock.Advance(TimeSpan.FromHours(22));
        Assert.Equal("ServerError", (await Assert.ThrowsAsync<OAuthServerException>(GetAsync)).ErrorId);
    }

    [Fact]
    public async Task Metadata_that_must_not_be_used_any_more_put_an_end_to_the_old()
    {
        Wire.Answers(Document("Cache-Control: max-age=3600\n"), Wire.Json("""{"issuer":"https://evil.example"}"""));
        await GetAsync();

        Wire.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal("IssuerMismatch", (await Assert.ThrowsAsync<OAuthProtocolException>(GetAsync)).ErrorId);
    }

    [Fact]
    public async Task Who_asks_for_it_anew_is_told_that_it_cannot_be_had()
    {
        Wire.Answers(Document(""));
        await GetAsync();
        Wire.Otherwise(_ => "HTTP/1.1 503 Unavailable\nRetry-After: 3600\n\n");

        await Assert.ThrowsAsync<OAuthServerException>(() => Server.Discovery.Of(Wire.Transport).GetAsync(Issuer, refresh: true));
    }

    [Fact]
    public async Task Many_who_ask_at_once_cost_one_request_and_one_who_gives_up_does_not_end_it_for_the_others()
    {
        var answer = new TaskCompletionSource();
        using var impatient = new CancellationTokenSource();
        Wire.AnswersAfter(answer.Task, Document(""));
        var leaves = Server.Discovery.Of(Wire.Transport).GetAsync(Issuer, cancellationToken: impatient.Token);
        var stay = Enumerable.Range(0, 10).Select(_ => GetAsync()).ToList();

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        answer.SetResult();

        Assert.Single((await Task.WhenAll(stay)).Distinct());
        Assert.Single(Wire.Requests);
    }

    private static string Document(string headers) =>
        $"HTTP/1.1 200 OK\nContent-Type: application/json\n{headers}\n{{\"issuer\":\"{Issuer}\"}}";

    private Task<ServerMetadata> GetAsync() => Server.Discovery.Of(Wire.Transport).GetAsync(Issuer, log: Wire.Log);
}
