namespace OAuthPS.Flows;

/// <content>Messages about the credential that a vendor's own client keeps.</content>
internal static partial class Errors
{
    internal static OAuthUsageException VendorCredentialNotSupported(ProviderNames provider) => new(
        OAuthErrorId.VendorCredentialNotSupported,
        $"No place is known where a client of {provider.DisplayName} keeps a credential.",
        "Give the credential itself.")
    {
        Provider = provider.Name,
        Inputs = [OAuthInput.VendorCredential],
    };

    internal static OAuthUsageException VendorCredentialNotFound(string idVariable, string secretVariable, string path) => new(
        OAuthErrorId.VendorCredentialNotFound,
        $"There is no credential in the environment variables {idVariable} and {secretVariable}, nor in {path}.",
        "Set both variables, or give the credential itself.");

    internal static OAuthUsageException VendorVariableMissing(string there, string missing) => Usage(
        OAuthErrorId.VendorCredentialInvalid,
        $"The environment variable {there} is set, and {missing} is not.",
        "Set both, or neither.");

    internal static OAuthUsageException VendorFileDamaged(string path, string flaw) => new(
        OAuthErrorId.VendorCredentialInvalid,
        $"The credential file {path} {flaw}.",
        "Mend or delete it, or give the credential itself.")
    {
        Inputs = [OAuthInput.ClientSecret],
    };

    internal static OAuthConnectionException VendorFileAccess(string path, Exception inner) => Connection(
        OAuthErrorId.VendorCredentialAccess,
        $"The credential file {path} cannot be read.",
        "Check its rights, or give the credential itself.",
        inner);
}
