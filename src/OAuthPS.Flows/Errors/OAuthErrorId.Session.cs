namespace OAuthPS.Flows;

/// <content>Failures of sessions, the vaults that keep them, and credentials of vendors.</content>
public sealed partial class OAuthErrorId
{
    // Sessions.
    /// <summary>There is no session, or none of that name, in this runspace.</summary>
    public static OAuthErrorId SessionNotFound { get; } = new(OAuthErrorKind.NotFound);
    /// <summary>The session was disconnected or revoked.</summary>
    public static OAuthErrorId SessionEnded { get; } = new(OAuthErrorKind.NotSupported);
    /// <summary>The session uses HTTP Basic on every call and has no token.</summary>
    public static OAuthErrorId SessionHasNoToken { get; } = new(OAuthErrorKind.NotSupported);
    /// <summary>The token is no access token, by what the server says of an exchange (<c>N_A</c>, RFC 8693), and no API takes it.</summary>
    public static OAuthErrorId NoAccessToken { get; } = new(OAuthErrorKind.NotSupported);
    /// <summary>The token must not go to the address: its origin is none that the session knows for an API's; nothing was sent.</summary>
    public static OAuthErrorId ApiOriginNotAllowed { get; } = new(OAuthErrorKind.Permission);
    /// <summary>The token is bound to a key, and each call needs a proof of its own (RFC 9449).</summary>
    public static OAuthErrorId CallNeeded { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The token is used up and cannot be renewed without a person.</summary>
    public static OAuthErrorId SessionCannotRenew { get; } = new(OAuthErrorKind.NotSupported);
    /// <summary>The session has no ID token, with whose subject the claims of the UserInfo endpoint could be compared.</summary>
    public static OAuthErrorId NoIdToken { get; } = new(OAuthErrorKind.NotSupported);
    /// <summary>No UserInfo endpoint of the provider is known.</summary>
    public static OAuthErrorId UserInfoNotSupported { get; } = new(OAuthErrorKind.NotSupported);
    /// <summary>SpatiaFi has no App Credential with that client id.</summary>
    public static OAuthErrorId AppCredentialNotFound { get; } = new(OAuthErrorKind.NotFound);

    // Vaults.
    /// <summary>SecretManagement is not installed.</summary>
    public static OAuthErrorId SecretManagementMissing { get; } = new(OAuthErrorKind.NotFound);
    /// <summary>There is no vault of that name.</summary>
    public static OAuthErrorId VaultNotFound { get; } = new(OAuthErrorKind.NotFound);
    /// <summary>The vault is locked.</summary>
    public static OAuthErrorId VaultLocked { get; } = new(OAuthErrorKind.Permission);
    /// <summary>The vault did not answer.</summary>
    public static OAuthErrorId VaultTimeout { get; } = new(OAuthErrorKind.Timeout);
    /// <summary>The vault failed.</summary>
    public static OAuthErrorId VaultFailed { get; } = new(OAuthErrorKind.ServerFailure);
    /// <summary>The vault has no session of that name.</summary>
    public static OAuthErrorId VaultEntryMissing { get; } = new(OAuthErrorKind.NotFound);
    /// <summary>The vault's entry is damaged, of a newer version or of another kind; it was left as it is.</summary>
    public static OAuthErrorId VaultEntryInvalid { get; } = new(OAuthErrorKind.InvalidResponse);
    /// <summary>The session in the vault is another one by now: of another provider, address or client, or with another key.</summary>
    public static OAuthErrorId VaultSessionReplaced { get; } = new(OAuthErrorKind.NotSupported);
    /// <summary>The vault has a secret of that name; nothing was made.</summary>
    public static OAuthErrorId SecretExists { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The session signs with a private key that cannot be exported, and so not be put into a vault.</summary>
    public static OAuthErrorId SessionNotSavable { get; } = new(OAuthErrorKind.NotSupported);
    /// <summary>Another process has been renewing this session for too long.</summary>
    public static OAuthErrorId SessionLocked { get; } = new(OAuthErrorKind.Timeout);
    /// <summary>The lock between processes cannot be made; nothing was renewed.</summary>
    public static OAuthErrorId LockNotPossible { get; } = new(OAuthErrorKind.Connection);

    // The credential a vendor's own client keeps.
    /// <summary>No place is known where a client of the provider keeps a credential.</summary>
    public static OAuthErrorId VendorCredentialNotSupported { get; } = new(OAuthErrorKind.NotSupported);
    /// <summary>Neither the environment variables nor the file of the vendor's client have a credential.</summary>
    public static OAuthErrorId VendorCredentialNotFound { get; } = new(OAuthErrorKind.NotFound);
    /// <summary>Only one of the two variables is set, or the file is damaged.</summary>
    public static OAuthErrorId VendorCredentialInvalid { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The file of the vendor's client cannot be read.</summary>
    public static OAuthErrorId VendorCredentialAccess { get; } = new(OAuthErrorKind.Connection);
}
