using OAuthPS.Flows.Connect;

namespace OAuthPS.Flows.Tests.Protocol;

public class TimeoutTests
{
    private static readonly Task _never = new TaskCompletionSource().Task;

    [Fact]
    public async Task A_request_without_an_answer_ends_after_its_time()
    {
        var wire = new Wire().AnswersAfter(_never, "");
        var connecting = wire.ConnectAsync(Given.Blynk);
        wire.Clock.Advance(TimeSpan.FromSeconds(99.9));
        Assert.False(connecting.IsCompleted);

        wire.Clock.Advance(TimeSpan.FromSeconds(0.1));

        var error = await Assert.ThrowsAsync<OAuthConnectionException>(() => connecting);
        Assert.Equal(("RequestTimeout", OAuthErrorKind.Timeout), (error.ErrorId, error.Kind));
        Assert.Contains("within 100 s", error.Message, StringComparison.Ordinal);
        NoSecret.In(error, Given.ClientSecret);
    }

    [Fact]
    public async Task The_time_can_be_set()
    {
        var wire = new Wire().AnswersAfter(_never, "");
        var connecting = wire.ConnectAsync(Given.Blynk with { Timeout = TimeSpan.FromSeconds(1.5) });

        wire.Clock.Advance(TimeSpan.FromSeconds(1.5));

        Assert.Contains("within 1.5 s", (await Assert.ThrowsAsync<OAuthConnectionException>(() => connecting)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_stops_coming_ends_after_the_same_time()
    {
        await using var server = new RawServer(async (stream, _, stop) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"u8.ToArray(), stop);
            await Task.Delay(Timeout.Infinite, stop);
        });
        var clock = new FakeTimeProvider(Given.Start);
        var connecting = OAuthConnection.ConnectAsync(Given.Blynk with { ServiceUrl = server.Url }, RawServer.Transport(clock));
        await server.Happened.UntilAsync(() => server.Requests.Count > 0);

        clock.Advance(TimeSpan.FromSeconds(100));

        Assert.Equal("RequestTimeout", (await Assert.ThrowsAsync<OAuthConnectionException>(() => connecting)).ErrorId);
    }

    [Fact]
    public async Task Cancelling_is_no_failure_and_needs_no_time()
    {
        var wire = new Wire().AnswersAfter(_never, "");
        using var source = new CancellationTokenSource();
        var connecting = wire.ConnectAsync(Given.Blynk, source.Token);

        await source.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        NoSecret.In(cancelled, Given.ClientSecret);
    }
}
