using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.Vaults;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>A vault that takes five seconds for each response, by the clock of the test.</summary>
public sealed class SlowVaultTests : VaultTest
{
    private static readonly TimeSpan _slowness = TimeSpan.FromSeconds(5);

    private readonly CountedVault _slow;

    public SlowVaultTests() => _slow = new CountedVault(Vault, Wire.Clock);

    [Fact]
    public async Task A_token_that_is_good_is_given_without_asking_it()
    {
        var session = await SlowlySavedAsync();

        Assert.True(session.GetTokenAsync().AsTask().IsCompletedSuccessfully);
        Assert.Equal((0, 0), (_slow.Reads, _slow.Writes));
    }

    [Fact]
    public async Task A_thousand_callers_at_expiry_read_it_once_send_one_request_and_write_it_once()
    {
        var session = await SlowlySavedAsync();
        Expire();
        Wire.Answers(Given.Token("access-2", 3600, "refresh-2"));

        var callers = Enumerable.Range(0, 1_000).Select(_ => Task.Run(async () => (await session.GetTokenAsync()).TokenOf())).ToList();

        Assert.All(await Wire.PassTimeUntilAsync(Task.WhenAll(callers)), token => Assert.Equal("access-2", token));
        Assert.Equal((1, 1), (_slow.Reads, _slow.Writes));
        Assert.Equal(2, Wire.Requests.Count);
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_let_go_at_once_and_what_was_renewed_still_reaches_it()
    {
        var session = await SlowlySavedAsync();
        Expire();
        Wire.Answers(Given.Token("access-2", 3600, "refresh-2"));
        using var stop = new CancellationTokenSource();
        var asking = session.GetTokenAsync(cancellationToken: stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal("access-2", (await Wire.PassTimeUntilAsync(session.GetTokenAsync().AsTask())).TokenOf());
        Assert.Contains("refresh-2", Vault.Only, StringComparison.Ordinal);
        Assert.Equal(2, Wire.Requests.Count);
    }

    [Fact]
    public async Task Another_session_does_not_wait_for_it()
    {
        var slow = await SlowlySavedAsync();
        Wire.Answers(Given.Token("quick-1", 3600, "quick-refresh-1"));
        var quick = await SavedAsync(Given.Blynk with { Name = "quick" });
        Expire();
        var waiting = slow.GetTokenAsync().AsTask();
        Wire.Answers(Given.Token("quick-2", 3600, "quick-refresh-2"), Given.Token("access-2", 3600, "refresh-2"));

        Assert.Equal("quick-2", (await quick.GetTokenAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20))).TokenOf());

        Assert.False(waiting.IsCompleted);
        Assert.Equal("access-2", (await Wire.PassTimeUntilAsync(waiting)).TokenOf());
    }

    private async Task<OAuthSession> SlowlySavedAsync()
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"));
        var session = await Wire.ConnectAsync(Given.Blynk);
        await Wire.PassTimeUntilAsync(SavedAsync(session));
        _slow.Reads = _slow.Writes = 0;
        return session;
    }

    private async Task<bool> SavedAsync(OAuthSession session)
    {
        await session.SaveAsync(_slow);
        return true;
    }

    private sealed class CountedVault(MemoryVault inner, TimeProvider clock) : ISessionVault
    {
        internal int Reads { get; set; }

        internal int Writes { get; set; }

        public string Name => "slow";

        public async Task<string?> ReadAsync(string session, CancellationToken cancellationToken)
        {
            Reads++;
            await Task.Delay(_slowness, clock, cancellationToken);
            return await inner.ReadAsync(session, cancellationToken);
        }

        public async Task WriteAsync(string session, string entry, IReadOnlyDictionary<string, string> description, CancellationToken cancellationToken)
        {
            Writes++;
            await Task.Delay(_slowness, clock, cancellationToken);
            await inner.WriteAsync(session, entry, description, cancellationToken);
        }

        public Task RemoveAsync(string session, CancellationToken cancellationToken) => inner.RemoveAsync(session, cancellationToken);

        public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);
    }
}
