using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows;

/// <content>Messages about sessions in vaults, and the lock between processes.</content>
internal static partial class Errors
{
    internal static OAuthUsageException VaultEntryMissing(string vault, string session) => new(
        OAuthErrorId.VaultEntryMissing,
        $"The vault '{vault}' has no session '{ShownInput.Text(session)}'.",
        "Connect again and save the session there, or check its name.");

    internal static OAuthUsageException VaultEntryInvalid(string vault, string session, string flaw) => new(
        OAuthErrorId.VaultEntryInvalid,
        $"The entry of the session '{ShownInput.Text(session)}' in the vault '{vault}' {flaw}; it was left as it is.",
        "Update this program if a newer one wrote it; else connect again and save the session there, which replaces it.");

    internal static OAuthUsageException VaultSessionReplaced(string vault, string session) => new(
        OAuthErrorId.VaultSessionReplaced,
        $"The session '{ShownInput.Text(session)}' in the vault '{vault}' has been replaced by a new session.",
        "Open it from the vault again to go on with that one.");

    internal static OAuthUsageException SessionNotSavable(string session) => new(
        OAuthErrorId.SessionNotSavable,
        $"The session '{session}' uses a certificate, or a private key that cannot be exported, and without it is of no use elsewhere.",
        "Connect with the certificate or key again where the session is needed.");

    internal static OAuthConnectionException LockTimedOut(TimeSpan timeout) => new(
        OAuthErrorId.SessionLocked,
        $"Another process has been renewing this session for {timeout.TotalSeconds:0} s.",
        "End it if it hangs; the lock goes with it.");

    internal static OAuthConnectionException LockNotPossible(string folder, Exception inner) => Connection(
        OAuthErrorId.LockNotPossible,
        $"The lock that keeps processes from renewing at the same time cannot be made in {folder}; nothing was renewed.",
        "Check the rights and the free space of that folder.",
        inner);

    internal static OAuthConnectionException LockDoesNotLock(string folder) => new(
        OAuthErrorId.LockNotPossible,
        $"The file system of {folder} does not keep two processes from locking the same file; nothing was renewed.",
        "Put the user's local data folder on a disk that has file locks: on Linux, set XDG_DATA_HOME.");

    internal static OAuthVaultException VaultSilent(string vault, TimeSpan patience) => new(
        OAuthErrorId.VaultTimeout,
        $"The vault '{vault}' did not answer within {patience.TotalSeconds:0} s.",
        "Check the vault.");
}
