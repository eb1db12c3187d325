using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>A vault that never answers: every wait for it ends, and nobody else waits.</summary>
public sealed class HungVaultTests : VaultTest
{
    private static readonly TimeSpan _longEnough = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _responses = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly GatedVault _hung;

    public HungVaultTests() => _hung = new GatedVault(Vault);

    public override void Dispose()
    {
        _responses.TrySetResult();
        base.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Asking_it_ends_after_three_minutes_with_an_error_that_names_it(bool blocks)
    {
        var session = await HungAsync();
        _hung.Blocks = blocks;

        var failure = await Assert.ThrowsAsync<OAuthVaultException>(() => Wire.PassTimeUntilAsync(session.GetTokenAsync().AsTask()).WaitAsync(_longEnough));

        Assert.Equal("VaultTimeout", failure.ErrorId);
        Assert.Equal("The vault 'gated' did not answer within 180 s.", failure.WhatHappened);
        Assert.Single(Wire.Requests);
    }

    [Fact]
    public async Task Opening_and_saving_a_session_and_forgetting_one_end_too()
    {
        var session = await HungAsync();
        _hung.BeforeWrite = () => _responses.Task;
        var other = await Wire.Answers(Given.Token("other")).ConnectAsync(Given.Blynk with { Name = "other" });

        foreach (var wait in new Func<Task>[]
        {
            () => SessionVaults.RestoreAsync(_hung, session.Name, _ => Given.Blynk.Provider, Wire.Transport),
            () => other.SaveAsync(_hung),
        })
        {
            var failure = await Assert.ThrowsAsync<OAuthVaultException>(() => Wire.PassTimeUntilAsync(Done(wait())).WaitAsync(_longEnough));
            Assert.Equal("VaultTimeout", failure.ErrorId);
        }
    }

    [Fact]
    public async Task A_session_of_another_vault_is_renewed_meanwhile()
    {
        var hung = await HungAsync();
        Wire.Answers(Given.Token("quick-1", 600, "quick-refresh-1"));
        var quick = await SavedAsync(Given.Blynk with { Name = "quick" });
        Expire();
        var waiting = hung.GetTokenAsync().AsTask();
        Wire.Answers(Given.Token("quick-2", 3600, "quick-refresh-2"));

        Assert.Equal("quick-2", (await quick.GetTokenAsync().AsTask().WaitAsync(_longEnough)).TokenOf());
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task A_renewal_that_waits_for_it_ends_with_the_last_caller_who_waits_for_that()
    {
        var session = await HungAsync();
        using var stop = new CancellationTokenSource();
        using var alsoStop = new CancellationTokenSource();
        var one = session.GetTokenAsync(cancellationToken: stop.Token).AsTask();
        var two = session.GetTokenAsync(TimeSpan.FromMinutes(5), cancellationToken: alsoStop.Token).AsTask();
        await ReadAsync(1);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one.WaitAsync(_longEnough));
        Assert.False(_hung.Reads[0].IsCancellationRequested);

        await alsoStop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two.WaitAsync(_longEnough));
        Assert.True(_hung.Reads[0].IsCancellationRequested);
    }

    [Fact]
    public async Task Who_asks_after_all_others_have_given_up_is_answered_once_the_vault_is()
    {
        var session = await HungAsync();
        using var stop = new CancellationTokenSource();
        var one = session.GetTokenAsync(cancellationToken: stop.Token).AsTask();
        await ReadAsync(1);
        await stop.CancelAsync();
        var next = session.GetTokenAsync().AsTask();
        await ReadAsync(2);
        Wire.Answers(Given.Token("access-2", 3600, "refresh-2"));

        _responses.SetResult();

        Assert.Equal("access-2", (await next.WaitAsync(_longEnough)).TokenOf());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.Equal(2, Wire.Requests.Count);
    }

    [Fact]
    public async Task Ending_the_session_ends_the_wait()
    {
        var session = await HungAsync();
        var waiting = session.GetTokenAsync().AsTask();
        await ReadAsync(1);

        session.End();

        Assert.Equal("SessionEnded", (await Assert.ThrowsAsync<OAuthUsageException>(() => waiting.WaitAsync(_longEnough))).ErrorId);
        Assert.True(_hung.Reads[0].IsCancellationRequested);
    }

    [Fact]
    public async Task What_the_server_has_given_is_written_although_all_have_given_up_by_then()
    {
        var response = new TaskCompletionSource();
        var session = await HungAsync();
        _responses.SetResult();
        Wire.AnswersAfter(response.Task, Given.Token("access-2", 3600, "refresh-2"));
        using var stop = new CancellationTokenSource();
        var only = session.GetTokenAsync(cancellationToken: stop.Token).AsTask();
        await Wire.Happened.UntilAsync(() => Wire.Requests.Count == 2);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => only);

        response.SetResult();

        Assert.Equal("access-2", (await session.GetTokenAsync()).TokenOf());
        Assert.Contains("refresh-2", Vault.Only, StringComparison.Ordinal);
        Assert.Equal(2, Wire.Requests.Count);
    }

    private async Task<OAuthSession> HungAsync()
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"));
        var session = await Wire.ConnectAsync(Given.Blynk);
        await session.SaveAsync(_hung);
        _hung.BeforeRead = _responses.Task;
        Expire();
        return session;
    }

    private Task ReadAsync(int times) => _hung.Happened.UntilAsync(() =>
    {
        lock (_hung.Reads)
            return _hung.Reads.Count >= times;
    });

    private static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }
}
