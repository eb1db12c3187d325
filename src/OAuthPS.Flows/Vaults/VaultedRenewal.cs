using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Tokens;

namespace OAuthPS.Flows.Vaults;

/// <summary>
/// Renewal of a session that other processes share through a vault. One of them renews: inside a lock the vault is read again;
/// what somebody has renewed meanwhile is adopted, else the token is renewed, written to the vault, and only then given out.
/// </summary>
internal sealed class VaultedRenewal(
    string session, ISessionVault vault, Renewal inner, Func<TokenState, VaultEntry> toEntry, TimeProvider clock) : Renewal
{
    // Renewed at the provider and not yet in the vault, because the vault refused: the old refresh token may be dead, so this is
    // all there is, and it is written before anything else is done.
    private volatile Pending? _pending;

    /// <summary>What the vault did not take yet; null when it has all.</summary>
    internal override TokenState? Unsaved => _pending?.State;

    internal override bool IsPossible(TokenState state) => inner.IsPossible(state);

    internal override bool IsPossibleWithoutRefreshToken => inner.IsPossibleWithoutRefreshToken;

    // Another process may have renewed it; what this one holds is then used up.
    internal override async Task<TokenState> NewestAsync(TokenState state, CancellationToken cancellationToken)
    {
        using var held = await VaultLocks.SessionAsync(vault, session, cancellationToken).ConfigureAwait(false);
        try
        {
            return Unsaved ?? await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OAuthUsageException gone) when (gone.Id == OAuthErrorId.VaultEntryMissing || gone.Id == OAuthErrorId.VaultSessionReplaced)
        {
            return state;
        }
    }

    internal override async Task<TokenState> RenewAsync(
        TokenState state, Func<TokenState, bool> isEnough, Func<TokenState, Task> keep, IFlowLog log, CancellationToken cancellationToken)
    {
        using var held = await VaultLocks.SessionAsync(vault, session, cancellationToken).ConfigureAwait(false);
        var kept = await WritePendingAsync(
            await ReadAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        if (IsAnother(kept, state) && isEnough(kept))
        {
            log.Verbose($"The session has been renewed before; adopted it from the vault '{vault.Name}'.");
            return kept;
        }

        try
        {
            return await RenewKeptAsync(kept, isEnough, keep, log, cancellationToken).ConfigureAwait(false);
        }
        catch (OAuthServerException refused) when (refused.Error == ErrorCodes.InvalidGrant)
        {
            // No lock reaches another machine: whoever was faster there has left the successor in the vault.
            var now = await ReadAsync(cancellationToken).ConfigureAwait(false);
            if (!IsAnother(now, kept))
            {
                throw;
            }

            log.Verbose($"Another machine has renewed the session; adopted it from the vault '{vault.Name}'.");
            return isEnough(now) ? now : await RenewKeptAsync(now, isEnough, keep, log, cancellationToken).ConfigureAwait(false);
        }
    }

    // What is in the vault is never older than what this process holds, since nothing is given out before it is written. What the
    // provider has given is written whoever has given up by then.
    private async Task<TokenState> RenewKeptAsync(
        TokenState kept, Func<TokenState, bool> isEnough, Func<TokenState, Task> keep, IFlowLog log, CancellationToken cancellationToken)
    {
        var written = kept;
        return await WriteAsync(
            await inner.RenewAsync(kept, isEnough, KeepAsync, log, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

        async Task KeepAsync(TokenState rotated)
        {
            await keep(rotated).ConfigureAwait(false);
            await WriteAsync(rotated).ConfigureAwait(false);
        }

        async Task<TokenState> WriteAsync(TokenState newer)
        {
            _pending = new Pending(newer, written);
            return written = await WritePendingAsync(written, CancellationToken.None).ConfigureAwait(false);
        }
    }

    // Where somebody has put another session into the vault since, that one stands.
    private async Task<TokenState> WritePendingAsync(TokenState kept, CancellationToken cancellationToken)
    {
        if (_pending is not { } pending)
        {
            return kept;
        }

        var current = kept;
        if (!IsAnother(kept, pending.Replaces))
        {
            var entry = toEntry(pending.State);
            using var held = await VaultLocks.WritingAsync(vault, cancellationToken).ConfigureAwait(false);
            await vault.WriteBoundedAsync(session, entry, clock, cancellationToken).ConfigureAwait(false);
            current = pending.State;
        }

        _pending = null;
        return current;
    }

    private async Task<TokenState> ReadAsync(CancellationToken cancellationToken)
    {
        var text = await vault.ReadBoundedAsync(session, clock, cancellationToken).ConfigureAwait(false)
            ?? throw Errors.VaultEntryMissing(vault.Name, session);
        var entry = VaultEntry.Parse(vault.Name, session, text);
        var state = entry.ToState() ?? throw Errors.VaultEntryInvalid(vault.Name, session, "has no token");

        return IsOfThisSession(entry, toEntry(state)) ? state : throw Errors.VaultSessionReplaced(vault.Name, session);
    }

    // Somebody may have connected anew under this name: those tokens are for another server or client, or bound to a key that this
    // process does not have.
    private static bool IsOfThisSession(VaultEntry entry, VaultEntry own) =>
        string.Equals(entry.Provider, own.Provider, StringComparison.OrdinalIgnoreCase)
        && new Uri(entry.ServiceUrl!) == new Uri(own.ServiceUrl!)
        && entry.ClientId == own.ClientId
        && KeyOf(entry) == KeyOf(own);

    // By its thumbprint: platforms write the same key in different forms.
    private static string? KeyOf(VaultEntry entry) => entry.DPoPKey is { } exported ? DPoPKey.TryImport(exported)?.Thumbprint : null;

    // Tokens are compared, not times: clocks differ, and two renewals may fall into one tick. Both are: a provider may give the
    // same access token with another refresh token.
    private static bool IsAnother(TokenState candidate, TokenState than) =>
        candidate.Token.Value.Reveal() != than.Token.Value.Reveal() || candidate.RefreshToken?.Reveal() != than.RefreshToken?.Reveal();

    private sealed record Pending(TokenState State, TokenState Replaces);
}
