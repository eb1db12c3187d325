using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>How a sign-in ends when nobody answers.</summary>
public class SignInEndTests
{
    [Fact]
    public async Task A_closed_tab_ends_the_wait_with_the_timeout_and_frees_the_port()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);

        run.Wire.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.False(run.Session.IsCompleted);
        run.Wire.Clock.Advance(TimeSpan.FromTicks(1));

        var failure = await run.FailsAsync<OAuthConnectionException>();
        Assert.Equal("SignInTimeout", failure.ErrorId);
        Assert.Equal("Nobody signed in within 300 s. Start again, or allow more time with -Timeout; where no browser opens, use -NoBrowser.", failure.Message);
        Assert.True(RawBrowser.IsFree(run.Port));
        Assert.Empty(run.Wire.Requests);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait_within_a_second_and_frees_the_port()
    {
        using var stop = new CancellationTokenSource();
        var run = await SignInRun.StartAsync(SignInRun.Space, cancellation: stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Session.WaitAsync(TimeSpan.FromSeconds(1)));
        Assert.True(RawBrowser.IsFree(run.Port));
    }

    [Fact]
    public async Task Cancellation_while_the_browser_is_being_opened_frees_the_port_too()
    {
        using var stop = new CancellationTokenSource();
        var wire = new Wire();
        var port = RawBrowser.FreePort();
        var opening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var request = SignInRun.Space with
        {
            SignIn = new()
            {
                RedirectUri = $"http://127.0.0.1:{port}/",
                OpenBrowser = async (_, cancellation) =>
                {
                    opening.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
                    return true;
                },
            },
        };
        var session = OAuthPS.Flows.Interaction.SignIn.ConnectAsync(request, new RecordingPrompt(), wire.Transport, wire.Log, stop.Token);
        await opening.Task.WaitAsync(RawBrowser.Patience);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.WaitAsync(TimeSpan.FromSeconds(1)));
        Assert.True(RawBrowser.IsFree(port));
    }

    [Theory]
    [MemberData(nameof(ByBrowser))]
    public async Task Where_no_browser_opens_and_nobody_can_be_there_it_ends_at_once_and_frees_the_port(ConnectRequest request)
    {
        var wire = new Wire();
        var port = RawBrowser.FreePort();
        var prompt = new RecordingPrompt { IsAttended = false };
        request = request with { SignIn = new() { RedirectUri = $"http://127.0.0.1:{port}/", OpenBrowser = (_, _) => Task.FromResult(false) } };

        var failure = await Assert.ThrowsAsync<OAuthUsageException>(
            () => OAuthPS.Flows.Interaction.SignIn.ConnectAsync(request, prompt, wire.Transport, wire.Log).WaitAsync(RawBrowser.Patience));

        Assert.Equal("SignInNeeded", failure.ErrorId);
        Assert.Equal("", prompt.Shown);
        Assert.True(RawBrowser.IsFree(port));
        Assert.Empty(wire.Requests);
    }

    public static TheoryData<ConnectRequest> ByBrowser => [SignInRun.Space, SignInRun.SpaceImplicit with { Scope = ["**"] }];

    [Fact]
    public async Task Where_nobody_can_be_there_a_browser_that_opens_is_waited_for()
    {
        var opened = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var wire = new Wire().Otherwise(_ => Given.Token("token"));
        var request = SignInRun.Space with { SignIn = new() { OpenBrowser = (url, _) => Task.FromResult(opened.TrySetResult(url)) } };
        var session = OAuthPS.Flows.Interaction.SignIn.ConnectAsync(request, new RecordingPrompt { IsAttended = false }, wire.Transport, wire.Log);

        var url = await opened.Task.WaitAsync(RawBrowser.Patience);
        var redirectUri = new Uri(SignInRun.Parameter(url, "redirect_uri")!);
        await RawBrowser.GetAsync(redirectUri.Port, $"{redirectUri.PathAndQuery}?code=the-code&state={SignInRun.Parameter(url, "state")}");

        Assert.Equal("token", (await (await session.WaitAsync(RawBrowser.Patience)).GetTokenAsync()).TokenOf());
    }

    [Fact]
    public async Task The_time_left_is_shown_every_second_and_taken_away_at_the_end()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space with { SignIn = new() { Timeout = TimeSpan.FromSeconds(10) } });
        for (var second = 0; second < 3; second++)
            run.Wire.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([10, 9, 8, 7], run.Prompt.Progress.Select(left => left!.Value.TotalSeconds));

        await run.AnswerWithCodeAsync();
        await run.EndAsync();
        run.Wire.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Null(run.Prompt.Progress[^1]);
    }

    [Fact]
    public async Task Nothing_of_a_sign_in_fails_unobserved()
    {
        var unobserved = new List<Exception>();
        void Keep(object? sender, UnobservedTaskExceptionEventArgs failure)
        {
            lock (unobserved)
                unobserved.AddRange(failure.Exception.InnerExceptions.Where(inner => inner is not OAuthException && inner.StackTrace?.Contains("LoopbackListener", StringComparison.Ordinal) == true));
        }

        TaskScheduler.UnobservedTaskException += Keep;
        try
        {
            await AnswerAndAbortAsync();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Keep;
        }

        Assert.Empty(unobserved);
    }

    private static async Task AnswerAndAbortAsync()
    {
        for (var time = 0; time < 10; time++)
        {
            var run = await SignInRun.StartAsync(SignInRun.Space);
            for (var visitor = 0; visitor < 5; visitor++)
            {
                using var browser = await RawBrowser.ConnectAsync(run.Port);
                browser.Stream.Socket.LingerState = new(enable: true, seconds: 0);
                await browser.WriteAsync(visitor % 2 == 0 ? "GET /?co" : $"GET /x HTTP/1.1\r\nHost: 127.0.0.1:{run.Port}\r\n\r\n");
            }

            await run.AnswerWithCodeAsync();
            await run.EndAsync();
        }
    }
}
