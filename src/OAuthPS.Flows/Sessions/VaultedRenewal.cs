using OAuthPS.Flows.Protocol;

namespace OAuthPS.Flows.Sessions;

/// <summary>
/// Renewal of a session that other processes share through a vault. One of them renews: inside a lock the vault is read again;
/// what somebody has renewed meanwhile is adopted, else the token is renewed, written to the vault, and only then given out.
/// </summary>
internal sealed class VaultedRenewal(string session, ISessionVault vault, Renewal inner, Func<TokenState, VaultEntry> toEntry) : Renewal
{
    // A renewal takes a request and two accesses to the vault, any of which may be slow.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    // Renewed at the provider and not yet in the vault, because the vault refused: the old refresh token may be dead, so this is
    // all there is, and it is written before anything else is done.
    private TokenState? _unsaved;

    internal override bool IsPossible(TokenState state) => inner.IsPossible(state);

    internal override async Task<TokenState> RenewAsync(TokenState state, Func<TokenState, bool> isEnough, IFlowLog log, CancellationToken cancellationToken)
    {
        using var held = await FileLock.AcquireAsync($"session\n{vault.Name}\n{session}", _patience, cancellationToken).ConfigureAwait(false);
        if (_unsaved is { } unsaved)
        {
            await SaveAsync(unsaved, cancellationToken).ConfigureAwait(false);
            if (isEnough(unsaved))
            {
                return unsaved;
            }
        }

        var kept = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (IsAnother(kept, state) && isEnough(kept))
        {
            log.Verbose($"Another process has renewed the session; adopted it from the vault '{vault.Name}'.");
            return kept;
        }

        try
        {
            var renewed = await inner.RenewAsync(IsAnother(kept, state) ? kept : state, isEnough, log, cancellationToken).ConfigureAwait(false);
            await SaveAsync(renewed, cancellationToken).ConfigureAwait(false);
            return renewed;
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
            return now;
        }
    }

    private async Task<TokenState> ReadAsync(CancellationToken cancellationToken)
    {
        var text = await vault.ReadAsync(session, cancellationToken).ConfigureAwait(false) ?? throw Errors.VaultEntryMissing(vault.Name, session);
        return VaultEntry.Parse(vault.Name, session, text).ToState() ?? throw Errors.VaultEntryInvalid(vault.Name, session, "has no token");
    }

    private async Task SaveAsync(TokenState state, CancellationToken cancellationToken)
    {
        _unsaved = state;
        var entry = toEntry(state);
        using var held = await FileLock.AcquireAsync($"vault\n{vault.Name}", _patience, cancellationToken).ConfigureAwait(false);
        await vault.WriteAsync(session, entry.ToText(), entry.Describe(), cancellationToken).ConfigureAwait(false);
        _unsaved = null;
    }

    // Tokens are compared, not times: clocks differ, and two renewals may fall into one tick. What is in the vault is never older
    // than what this process holds, since nothing is given out before it is written.
    private static bool IsAnother(TokenState candidate, TokenState than) => candidate.Token.Value.Reveal() != than.Token.Value.Reveal();
}
