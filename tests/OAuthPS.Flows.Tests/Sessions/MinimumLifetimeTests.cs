using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>Who asks for a token of some length while another caller's renewal is under way gets what it asked for.</summary>
public sealed class MinimumLifetimeTests : VaultTest
{
    private static readonly TimeSpan _tenMinutes = TimeSpan.FromMinutes(10);

    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_caller_that_joined_a_renewal_which_gave_too_little_renews_for_itself_and_blames_nobody()
    {
        var session = await RenewingAsync(Given.Token("third", 3600, "refresh-3"));
        var plain = session.GetTokenAsync().AsTask();
        await Wire.Happened.UntilAsync(() => Wire.Requests.Count == 2);
        var longer = session.GetTokenAsync(_tenMinutes, Wire.Log).AsTask();

        _go.SetResult();

        Assert.Equal("second", (await plain).TokenOf());
        Assert.Equal("third", (await longer).TokenOf());
        Assert.Equal(3, Wire.Requests.Count);
        Assert.Contains("refresh_token=refresh-2", Wire.LastRequest, StringComparison.Ordinal);
        Assert.Empty(Wire.Log.Warnings);
    }

    [Fact]
    public async Task Many_such_callers_cost_one_more_request_even_when_the_provider_gives_no_more()
    {
        var session = await RenewingAsync(Given.Token("third", 300, "refresh-3"));
        var plain = session.GetTokenAsync().AsTask();
        await Wire.Happened.UntilAsync(() => Wire.Requests.Count == 2);
        var longer = Enumerable.Range(0, 50).Select(_ => session.GetTokenAsync(_tenMinutes, Wire.Log).AsTask()).ToList();

        _go.SetResult();

        await plain;
        Assert.All(await Task.WhenAll(longer), token => Assert.Equal("third", token.TokenOf()));
        Assert.Equal(3, Wire.Requests.Count);
        Assert.Equal(50, Wire.Log.Warnings.Count);
    }

    [Fact]
    public async Task A_caller_that_joined_a_renewal_which_gave_enough_sends_nothing()
    {
        var session = await RenewingAsync();
        var plain = session.GetTokenAsync().AsTask();
        await Wire.Happened.UntilAsync(() => Wire.Requests.Count == 2);
        var longer = session.GetTokenAsync(TimeSpan.FromMinutes(5), Wire.Log).AsTask();

        _go.SetResult();

        Assert.Equal("second", (await plain).TokenOf());
        Assert.Equal("second", (await longer).TokenOf());
        Assert.Equal(2, Wire.Requests.Count);
        Assert.Empty(Wire.Log.Warnings);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_another_process_left_in_the_vault_is_adopted_only_when_it_is_enough_for_all_who_wait(bool byHand)
    {
        var gated = new GatedVault(Vault);
        Wire.Answers(Given.Token("access-1", 600, "refresh-1"));
        var session = await Wire.ConnectAsync(Given.Blynk);
        await session.SaveAsync(gated);
        var other = await SessionVaults.RestoreAsync(gated, "Blynk", _ => Given.Blynk.Provider, Wire.Transport);
        Wire.Clock.Advance(_tenMinutes);
        Wire.Answers(Given.Token("access-2", 300, "refresh-2"), Given.Token("access-3", 3600, "refresh-3"));
        await other.GetTokenAsync();
        gated.BeforeRead = _go.Task;
        var reads = gated.Reads.Count;

        var plain = session.GetTokenAsync().AsTask();
        await gated.Happened.UntilAsync(() => gated.Reads.Count > reads);
        var joined = byHand ? session.RenewAsync() : session.GetTokenAsync(_tenMinutes).AsTask();
        _go.SetResult();

        Assert.Equal("access-3", (await joined).TokenOf());
        Assert.Equal("access-3", (await plain).TokenOf());
        Assert.Equal(3, Wire.Requests.Count);
    }

    // The token lives exactly as long as asked for: that is what was asked for.
    [Fact]
    public async Task A_token_of_exactly_the_minimum_lifetime_is_given_without_a_warning()
    {
        Wire.Answers(Given.Token("first", 60, "refresh-1"), Given.Token("second", 600, "refresh-2"));
        var session = await Wire.ConnectAsync(Given.Blynk);

        Assert.Equal("second", (await session.GetTokenAsync(_tenMinutes, Wire.Log)).TokenOf());
        Assert.Empty(Wire.Log.Warnings);
    }

    [Fact]
    public async Task A_token_that_cannot_be_renewed_is_given_to_the_last_moment_of_the_minimum_lifetime_and_not_after()
    {
        Wire.Answers(Given.Token("only", 3600));
        var session = await Wire.ConnectAsync(Given.SpacebringCode);
        Wire.Clock.Advance(TimeSpan.FromMinutes(50));

        Assert.Equal("only", (await session.GetTokenAsync(_tenMinutes)).TokenOf());

        Wire.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("SessionCannotRenew", (await Assert.ThrowsAsync<OAuthUsageException>(() => session.GetTokenAsync(_tenMinutes).AsTask())).ErrorId);
        Wire.Clock.Advance(_tenMinutes - TimeSpan.FromTicks(2));
        Assert.Equal("only", (await session.GetTokenAsync()).TokenOf());
        Wire.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(session.IsExpired);
        await Assert.ThrowsAsync<OAuthUsageException>(() => session.GetTokenAsync().AsTask());
    }

    // A session of ten minutes that has expired; its next renewal brings five, when the test says so.
    private async Task<OAuthSession> RenewingAsync(params string[] more)
    {
        Wire.Answers(Given.Token("first", 600, "refresh-1")).AnswersAfter(_go.Task, Given.Token("second", 300, "refresh-2")).Answers(more);
        var session = await Wire.ConnectAsync(Given.Blynk);
        Wire.Clock.Advance(_tenMinutes);
        return session;
    }
}
