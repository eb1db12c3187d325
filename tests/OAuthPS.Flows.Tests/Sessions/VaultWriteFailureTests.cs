using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>A vault that refuses what was renewed: nothing is given out, and nothing is lost.</summary>
public sealed class VaultWriteFailureTests : VaultTest
{
    private static readonly ConnectRequest _once = Given.Blynk with { Flow = OAuthFlow.RefreshToken, Inputs = [new GivenRefreshToken(new Secret("refresh-0"))] };

    [Fact]
    public async Task What_the_vault_did_not_take_is_written_by_the_next_call_before_it_is_given_out()
    {
        var session = await RefusedAsync();

        Assert.Equal("access-2", (await session.GetTokenAsync()).TokenOf());

        Assert.Equal(2, Wire.Requests.Count);
        Assert.Contains("refresh-2", Vault.Only, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_long_as_the_vault_refuses_nothing_is_sent_again()
    {
        var session = await RefusedAsync();
        Vault.Refusals = 3;

        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<OAuthVaultException>(() => session.GetTokenAsync().AsTask());

        Assert.Equal("access-2", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal(2, Wire.Requests.Count);
    }

    [Fact]
    public async Task What_the_vault_did_not_take_may_be_saved_into_another()
    {
        var session = await RefusedAsync();
        var other = new MemoryVault("other");

        await session.SaveAsync(other);

        Assert.Contains("refresh-2", other.Only, StringComparison.Ordinal);
        Assert.Equal("access-2", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal(2, Wire.Requests.Count);
    }

    [Fact]
    public async Task What_the_vault_did_not_take_is_in_each_vault_that_it_is_saved_into_later()
    {
        var session = await RefusedAsync();
        var (second, third) = (new MemoryVault("second"), new MemoryVault("third"));

        await session.SaveAsync(second);
        await session.SaveAsync(third);

        Assert.Contains("refresh-2", third.Only, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_vault_did_not_take_may_be_saved_into_it_again()
    {
        var session = await RefusedAsync();

        await session.SaveAsync(Vault);

        Assert.Contains("refresh-2", Vault.Only, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_vault_did_not_take_does_not_replace_a_session_that_somebody_put_there_since()
    {
        var session = await RefusedAsync();
        Wire.Answers(Given.Token("access-3", 3600, "refresh-3"));
        await SavedAsync(_once);

        Assert.Equal("access-3", (await session.GetTokenAsync()).TokenOf());
        Assert.Contains("refresh-3", Vault.Only, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saving_a_session_again_does_not_replace_what_another_process_has_renewed()
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"), Given.Token("access-2", 3600, "refresh-2"));
        var one = await SavedAsync(_once);
        var other = await RestoreAsync();
        Expire();
        await other.GetTokenAsync();

        await one.SaveAsync(Vault);

        Assert.Contains("refresh-2", Vault.Only, StringComparison.Ordinal);
        Assert.Equal("access-2", (await one.GetTokenAsync()).TokenOf());
    }

    [Fact]
    public async Task A_renewal_under_way_is_awaited_by_saving()
    {
        var response = new TaskCompletionSource();
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1")).AnswersAfter(response.Task, Given.Token("access-2", 3600, "refresh-2"));
        var session = await Wire.ConnectAsync(_once);
        Expire();
        var renewing = session.GetTokenAsync().AsTask();
        var saving = session.SaveAsync(Vault);
        response.SetResult();
        await Task.WhenAll(renewing, saving);

        Assert.Contains("refresh-2", Vault.Only, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vault_that_refuses_the_first_save_leaves_the_session_without_a_vault()
    {
        Wire.Answers(Given.Token("access-1"));
        Vault.Refusals = 1;
        var session = await Wire.ConnectAsync(Given.Blynk);

        await Assert.ThrowsAsync<OAuthVaultException>(() => session.SaveAsync(Vault));

        Assert.Null(session.Vault);
        Assert.Equal("access-1", (await session.GetTokenAsync()).TokenOf());
    }

    private async Task<OAuthSession> RefusedAsync()
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"), Given.Token("access-2", 3600, "refresh-2"));
        var session = await SavedAsync(_once);
        Expire();
        Vault.Refusals = 1;
        var error = await Assert.ThrowsAsync<OAuthVaultException>(() => session.GetTokenAsync(log: Wire.Log).AsTask());
        NoSecret.In(error, "access-2", "refresh-2", "refresh-1", Given.ClientSecret);
        NoSecret.In(Wire.Log, "access-2", "refresh-2", "refresh-1", Given.ClientSecret);
        Assert.Contains("refresh-1", Vault.Only, StringComparison.Ordinal);
        return session;
    }
}
