using OAuthPS.Flows.Api;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>However many ask, an expiry costs one token request.</summary>
public class OneRenewalTests
{
    private readonly TaskCompletionSource _response = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Ten_thousand_callers_at_expiry_cost_one_token_request()
    {
        var (wire, session) = await ConnectAndExpireAsync();

        var callers = Enumerable.Range(0, 10_000).Select(_ => Task.Run(async () => (await session.GetTokenAsync()).TokenOf())).ToList();
        await wire.Happened.UntilAsync(() => wire.Requests.Count >= 2);
        _response.SetResult();

        Assert.All(await Task.WhenAll(callers), token => Assert.Equal("second", token));
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task Sixty_four_threads_over_twenty_expiries_cost_twenty_token_requests()
    {
        var count = 0;
        var wire = new Wire().Otherwise(_ => Given.Token($"token-{Interlocked.Increment(ref count)}", 600, $"refresh-{count}"));
        var session = await wire.ConnectAsync(Given.Blynk);
        using var barrier = new Barrier(64, _ => wire.Clock.Advance(TimeSpan.FromSeconds(600)));
        var got = new System.Collections.Concurrent.ConcurrentBag<(int Round, string Token)>();

        var threads = Enumerable.Range(0, 64).Select(_ => new Thread(() =>
        {
            for (var round = 0; round < 20; round++)
            {
                barrier.SignalAndWait();
                got.Add((round, session.GetTokenAsync().AsTask().GetAwaiter().GetResult().TokenOf()));
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(64 * 20, got.Count);
        Assert.All(got, entry => Assert.Equal($"token-{entry.Round + 2}", entry.Token));
        Assert.Equal(21, wire.Requests.Count);
    }

    [Fact]
    public async Task Callers_at_expiry_who_want_no_more_than_a_token_wait_for_one_task()
    {
        var (wire, session) = await ConnectAndExpireAsync();

        var first = session.GetTokenAsync().AsTask();
        Assert.Same(first, session.GetTokenAsync().AsTask());
        _response.SetResult();

        Assert.Equal("second", (await first).TokenOf());
        Assert.True(session.GetTokenAsync().AsTask().IsCompletedSuccessfully);
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task A_failed_renewal_is_not_the_answer_for_those_who_ask_after_it()
    {
        var wire = new Wire().Answers(Given.Token("first", 3600, "refresh"), Wire.Json("""{"error":"invalid_grant"}""", "400 Bad Request"));
        var session = await wire.ConnectAsync(Given.SpacebringCode);
        wire.Clock.Advance(TimeSpan.FromHours(2));
        await Assert.ThrowsAsync<OAuthServerException>(() => session.GetTokenAsync().AsTask());

        wire.Answers(Given.Token("second"));

        Assert.Equal("second", (await session.GetTokenAsync()).TokenOf());
    }

    [Fact]
    public async Task A_renewal_by_hand_keeps_nobody_waiting_while_the_token_is_good()
    {
        var wire = new Wire().Answers(Given.Token("first", 3600, "refresh")).AnswersAfter(_response.Task, Given.Token("second"));
        var session = await wire.ConnectAsync(Given.Blynk);

        var byHand = session.RenewAsync();
        var meanwhile = session.GetTokenAsync().AsTask();

        Assert.True(meanwhile.IsCompletedSuccessfully);
        Assert.Equal("first", (await meanwhile).TokenOf());
        _response.SetResult();
        Assert.Equal("second", (await byHand).TokenOf());
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_take_the_renewal_with_it()
    {
        var (wire, session) = await ConnectAndExpireAsync();
        using var source = new CancellationTokenSource();
        var first = session.GetTokenAsync(cancellationToken: source.Token).AsTask();
        var second = session.GetTokenAsync().AsTask();
        await wire.Happened.UntilAsync(() => wire.Requests.Count >= 2);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(second.IsCompleted);
        _response.SetResult();
        Assert.Equal("second", (await second).TokenOf());
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task What_a_renewal_brings_is_kept_even_when_everybody_gave_up()
    {
        var (wire, session) = await ConnectAndExpireAsync();
        using var source = new CancellationTokenSource();
        var only = session.GetTokenAsync(cancellationToken: source.Token).AsTask();
        await wire.Happened.UntilAsync(() => wire.Requests.Count >= 2);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => only);

        _response.SetResult();

        Assert.Equal("second", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task A_caller_that_has_given_up_already_starts_nothing()
    {
        var (wire, session) = await ConnectAndExpireAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.GetTokenAsync(cancellationToken: new CancellationToken(canceled: true)).AsTask());

        _response.SetResult();
        Assert.Equal("second", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task A_failed_renewal_fails_for_all_who_wait_and_the_next_one_tries_again()
    {
        var wire = new Wire().Answers(Given.Token("first", 600, "refresh-1")).AnswersAfter(_response.Task, "HTTP/1.1 500 Internal Server Error").Answers(Given.Token("second", 600));
        var session = await wire.ConnectAsync(Given.Blynk);
        wire.Clock.Advance(TimeSpan.FromSeconds(600));
        var callers = Enumerable.Range(0, 100).Select(_ => session.GetTokenAsync().AsTask()).ToList();
        await wire.Happened.UntilAsync(() => wire.Requests.Count >= 2);

        _response.SetResult();

        foreach (var caller in callers)
            Assert.Equal("ServerError", (await Assert.ThrowsAsync<OAuthServerException>(() => caller)).ErrorId);
        Assert.Equal("second", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal(wire.Requests[1], wire.Requests[2]);
    }

    [Fact]
    public async Task Many_calls_that_an_API_refuses_cost_one_token_request()
    {
        var wire = new Wire();
        var tokens = 0;
        wire.Otherwise(request => request.StartsWith("POST https://fra1.blynk.cloud/oauth2/token", StringComparison.Ordinal)
            ? Given.Token($"token-{Interlocked.Increment(ref tokens)}", 600, "refresh")
            : request.Contains("Bearer token-1\n", StringComparison.Ordinal) ? "HTTP/1.1 401 Unauthorized" : Wire.Json("{}"));
        var session = await wire.ConnectAsync(Given.Blynk);

        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(() => session.SendAsync(new ApiCall { Uri = new Uri("/x", UriKind.Relative) }))));

        Assert.Equal(2, tokens);
    }

    [Fact]
    public async Task A_call_whose_refusal_arrives_after_somebody_renewed_uses_that_token_and_does_not_renew_again()
    {
        var call = new ApiCall { Uri = new Uri("/x", UriKind.Relative) };
        var wire = new Wire().Answers(Given.Token("first", 600, "refresh-1"))
            .AnswersAfter(_response.Task, "HTTP/1.1 401 Unauthorized").Answers(Given.Token("second", 600, "refresh-2"), Wire.Json("{}"));
        var session = await wire.ConnectAsync(Given.Blynk);

        var late = session.SendAsync(call);
        await session.RenewAsync();
        _response.SetResult();
        await late;

        Assert.Contains("Bearer second\n", wire.LastRequest, StringComparison.Ordinal);
        Assert.Equal(2, wire.Requests.Count(request => request.Contains("/oauth2/token", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_session_that_ends_during_a_renewal_stays_ended()
    {
        var (wire, session) = await ConnectAndExpireAsync();
        var waiting = session.GetTokenAsync().AsTask();
        await wire.Happened.UntilAsync(() => wire.Requests.Count >= 2);

        session.End();
        _response.SetResult();
        await Record.ExceptionAsync(() => waiting);

        Assert.Equal("SessionEnded", (await Assert.ThrowsAsync<OAuthUsageException>(() => session.GetTokenAsync().AsTask())).ErrorId);
        Assert.Equal("SessionEnded", (await Assert.ThrowsAsync<OAuthUsageException>(() => session.SendAsync(new ApiCall { Uri = new Uri("/x", UriKind.Relative) }))).ErrorId);
        Assert.True(session.IsExpired);
        Assert.Null(session.ExpiresAt);
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task Revoking_waits_for_a_renewal_under_way_and_revokes_what_it_brought()
    {
        var wire = new Wire().Answers(Given.Token("first", 600, "refresh-1")).AnswersAfter(_response.Task, Given.Token("second", 600, "refresh-2")).Answers("HTTP/1.1 200 OK");
        var session = await wire.ConnectAsync(Given.SpacebringCode);
        var renewing = session.RenewAsync();
        await wire.Happened.UntilAsync(() => wire.Requests.Count >= 2);

        var revoking = session.RevokeAsync();
        Assert.False(revoking.IsCompleted);
        _response.SetResult();
        await revoking;

        await renewing;
        Assert.StartsWith("POST https://api.spacebring.com/oauth2/revoke?token=refresh-2\n", wire.LastRequest, StringComparison.Ordinal);
        Assert.Equal("SessionEnded", (await Assert.ThrowsAsync<OAuthUsageException>(() => session.RevokeAsync())).ErrorId);
    }

    [Fact]
    public async Task A_session_of_HTTP_Basic_that_ended_gives_its_credentials_to_nobody()
    {
        var wire = new Wire();
        var session = await wire.ConnectAsync(Given.SpacebringBasic);

        session.End();

        Assert.Equal("SessionEnded", (await Assert.ThrowsAsync<OAuthUsageException>(() => session.GetRequestHeadersAsync())).ErrorId);
        Assert.Equal("SessionEnded", (await Assert.ThrowsAsync<OAuthUsageException>(() => session.SendAsync(new ApiCall { Uri = new Uri("/x", UriKind.Relative) }))).ErrorId);
        Assert.Empty(wire.Requests);
    }

    private async Task<(Wire Wire, OAuthSession Session)> ConnectAndExpireAsync()
    {
        var wire = new Wire().Answers(Given.Token("first", 600, "refresh-1")).AnswersAfter(_response.Task, Given.Token("second", 600, "refresh-2"));
        var session = await wire.ConnectAsync(Given.Blynk);
        wire.Clock.Advance(TimeSpan.FromSeconds(600));
        return (wire, session);
    }
}
