using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Tokens;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>The narrow moments in which a newer token could be lost to an older one.</summary>
public sealed class NothingLostTests : VaultTest
{
    private static readonly ConnectRequest _once = Given.Blynk with { Flow = OAuthFlow.RefreshToken, Inputs = [new GivenRefreshToken(new Secret("refresh-0"))] };

    private readonly GatedVault _gated;

    public NothingLostTests() => _gated = new GatedVault(Vault);

    [Fact]
    public async Task A_renewal_that_ends_while_the_session_is_written_is_written_after_it()
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"), Given.Token("access-2", 3600, "refresh-2"));
        var session = await Wire.ConnectAsync(_once);
        var writes = 0;
        _gated.BeforeWrite = async () =>
        {
            if (writes++ == 0)
                await session.RenewAsync();
        };

        await session.SaveAsync(_gated);

        Assert.Contains("\"refresh-2\"", Vault.Only, StringComparison.Ordinal);
        Assert.Equal(2, writes);
    }

    [Fact]
    public async Task A_renewal_that_begins_while_the_session_is_written_is_waited_for_and_written_after_it()
    {
        var response = new TaskCompletionSource();
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1")).AnswersAfter(response.Task, Given.Token("access-2", 3600, "refresh-2"));
        var session = await Wire.ConnectAsync(_once);
        var (writes, renewing) = (0, Task.CompletedTask);
        _gated.BeforeWrite = async () =>
        {
            if (writes++ == 0)
            {
                renewing = session.RenewAsync();
                await Wire.Happened.UntilAsync(() => Wire.Requests.Count == 2);
            }
        };

        var saving = session.SaveAsync(_gated);
        await Vault.Happened.UntilAsync(() => Vault.Writes == 1);
        Assert.False(saving.IsCompleted);
        response.SetResult();
        await saving;

        await renewing;
        Assert.Contains("\"refresh-2\"", Vault.Only, StringComparison.Ordinal);
        Assert.Equal("gated", session.Vault);
    }

    [Fact]
    public async Task What_a_vault_took_at_the_second_try_is_not_the_newest_for_ever()
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"), Given.Token("access-2", 3600, "refresh-2"), Given.Token("access-3", 3600, "refresh-3"));
        var session = await SavedAsync(_once);
        Expire();
        Vault.Refusals = 1;
        await Assert.ThrowsAsync<OAuthVaultException>(() => session.GetTokenAsync().AsTask());
        await session.GetTokenAsync();
        var other = await RestoreAsync();
        await other.RenewAsync();
        Expire();
        Wire.Answers(Given.Token("access-4", 3600, "refresh-4"));
        await other.GetTokenAsync();
        Assert.Equal("access-4", (await session.GetTokenAsync()).TokenOf());
        var elsewhere = new MemoryVault("elsewhere");

        await session.SaveAsync(elsewhere);

        Assert.Contains("\"refresh-4\"", elsewhere.Only, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_signed_in_is_still_known_after_a_renewal_without_an_ID_token_and_after_one_that_failed()
    {
        var state = new TokenState(Token("first"), new Secret("refresh-1"), "ada");

        var renewed = state.After(new TokenResponse(Token("second"), null, null));

        Assert.Equal(("ada", "refresh-1", "second"), (renewed.Subject, renewed.RefreshToken!.Reveal(), renewed.Token.TokenOf()));
        Assert.Equal(("ada", "refresh-2", "first"), With(state));

        static (string?, string, string) With(TokenState state)
        {
            var rotated = state.With(new Secret("refresh-2"));
            return (rotated.Subject, rotated.RefreshToken!.Reveal(), rotated.Token.TokenOf());
        }
    }

    private static AccessToken Token(string value) => new(new Secret(value), "Bearer", DateTimeOffset.UnixEpoch, null, null);
}
