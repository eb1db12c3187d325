using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows;

/// <content>Messages about the credential that a vendor's own client keeps.</content>
internal static partial class Errors
{
    internal static OAuthUsageException VendorCredentialNotSupported(OAuthProvider provider) => new(
        OAuthErrorId.VendorCredentialNotSupported,
        $"No place is known where a client of {provider.DisplayName} keeps a credential.",
        "Leave out -UseVendorCredential and give the credential.");

    internal static OAuthUsageException VendorCredentialNotFound(VendorCredential places, string path) => new(
        OAuthErrorId.VendorCredentialNotFound,
        $"There is no credential in the environment variables {places.ClientIdVariable} and {places.ClientSecretVariable}, nor in {path}.",
        "Set both variables, or give the credential with -ClientCredential.");

    internal static OAuthUsageException VendorVariableMissing(string there, string missing) => Usage(
        OAuthErrorId.VendorCredentialInvalid,
        $"The environment variable {there} is set, and {missing} is not.",
        "Set both, or neither.");

    internal static OAuthUsageException VendorFileDamaged(string path, string flaw) => Usage(
        OAuthErrorId.VendorCredentialInvalid,
        $"The credential file {path} {flaw}.",
        "Mend or delete it, or give the credential with -ClientCredential.");

    internal static OAuthConnectionException VendorFileAccess(string path, Exception inner) => Connection(
        OAuthErrorId.VendorCredentialAccess,
        $"The credential file {path} cannot be read.",
        "Check its rights, or give the credential with -ClientCredential.",
        inner);
}
