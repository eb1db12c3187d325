namespace OAuthPS.Flows.Vaults;

/// <summary>
/// The locks of vaults and of what is in them. Vaults take their own name and those of secrets in any case, so these do too.
/// </summary>
internal static class VaultLocks
{
    // A renewal takes a request and two accesses to the vault, any of which may be slow.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    /// <summary>Held while a session is renewed, put into the vault or taken out.</summary>
    internal static Task<FileLock> SessionAsync(ISessionVault vault, string session, CancellationToken cancellationToken) =>
        FileLock.AcquireAsync($"session\n{vault.Name}\n{session}".ToUpperInvariant(), _patience, cancellationToken);

    /// <summary>Held while the vault is written; always taken after the session's.</summary>
    internal static Task<FileLock> WritingAsync(ISessionVault vault, CancellationToken cancellationToken) =>
        FileLock.AcquireAsync($"vault\n{vault.Name}".ToUpperInvariant(), _patience, cancellationToken);
}
