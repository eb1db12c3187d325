using OAuthPS.Flows;

namespace OAuthPS.Advice;

/// <summary>What to do about a failure whose id alone says it.</summary>
internal static class FixedAdvice
{
    private static readonly Dictionary<OAuthErrorId, string> _byId = new()
    {
        // What was given.
        [OAuthErrorId.InvalidSessionName] = "Give -Name without it.",
        [OAuthErrorId.InvalidHeader] = "Leave out Authorization and DPoP, give the type of a body with -ContentType, and use "
            + "printable characters only.",
        [OAuthErrorId.InvalidResource] = "Give -Resource as the API names itself, such as https://api.example.com/.",
        [OAuthErrorId.BodyNotSent] = "Choose -Method POST, PUT or PATCH, or put the values into the query of the address.",
        [OAuthErrorId.InvalidBodyFile] = "Give -Body or -InFile an ordinary file that can be read, or -Body its content as text or bytes.",
        [OAuthErrorId.FileNotWritten] = "Give -OutFile a file in a folder that is there and can be written to.",
        [OAuthErrorId.InvalidMethod] = "Give -CustomMethod a word such as PURGE.",
        [OAuthErrorId.InvalidProxy] = "Give -Proxy such as http://proxy.example.com:8080, with -ProxyCredential or "
            + "-ProxyUseDefaultCredentials where it wants one; or -NoProxy alone.",
        [OAuthErrorId.InvalidContentType] = "Give -ContentType such as application/json or text/plain; charset=utf-8.",
        [OAuthErrorId.InvalidRedirectUri] = "Give -RedirectUri as it is registered at the provider, such as http://127.0.0.1:8400/.",
        [OAuthErrorId.PortNotAvailable] = "End the program that uses the port, or another sign-in under way; or leave -RedirectUri "
            + "out, for a free one.",
        [OAuthErrorId.ProviderIsBuiltIn] = "Choose another name; -ServiceUrl of Connect-OAuthProvider moves a built-in provider.",
        [OAuthErrorId.ProviderExists] = "Use -Force to replace it, or choose another name.",
        [OAuthErrorId.KeyPasswordNeeded] = "Give its password with -ClientKeyPassword or -ClientCertificatePassword.",
        [OAuthErrorId.KeyPasswordWrong] =
            "Check -ClientKeyPassword or -ClientCertificatePassword. With the right one: an Ed25519 key cannot be used, since .NET "
                + "cannot sign with it.",
        [OAuthErrorId.JwtInvalid] = "Many access tokens are opaque: only their server can read them. Test-OAuthToken asks it.",

        // The way to the server.
        [OAuthErrorId.IssuerMismatch] = "Give -Issuer exactly as the server names itself, slash for slash; a tenant "
            + "goes in the place of {tenantid}.",
        [OAuthErrorId.MetadataIncomplete] = "Register the provider with its endpoints instead of -Issuer.",
        [OAuthErrorId.HostUnknown] = "Check the spelling of the address (-ServiceUrl, -Issuer or the one called), and that this "
            + "machine resolves names.",
        [OAuthErrorId.RequestTimeout] = "Try again, or allow more time with -Timeout.",
        [OAuthErrorId.EndpointMoved] = "If that is where the provider is now, run Connect-OAuthProvider again.",
        [OAuthErrorId.RedirectToOtherOrigin] = "If that is where the provider is now, connect to it with -ServiceUrl.",

        // What it answered.
        [OAuthErrorId.TokenNotBound] = "Register the client at the provider for DPoP, or connect without -DPoP.",
        [OAuthErrorId.InvalidScope] = "Check -Scope against what the provider has granted this client.",
        [OAuthErrorId.InvalidDPoPProof] = "Connect with -DPoP if that was left out; else check that the server takes ES256, and this "
            + "machine's clock.",
        [OAuthErrorId.InvalidTarget] = "Check -Resource and -Audience: each is a name by which the server knows the API.",
        [OAuthErrorId.InvalidRequestObject] =
            "Check that the key or secret that signs is the one registered for the client, and its algorithm (-ClientKeyAlgorithm).",
        [OAuthErrorId.UnsupportedGrantType] = "Choose another -Flow; Get-OAuthProvider lists the provider's.",
        [OAuthErrorId.RequestRefused] = "Check the credential, the parameters and the headers; -Verbose shows the request.",

        // Sessions and vaults.
        [OAuthErrorId.NoAccessToken] =
            "Read it with Get-OAuthToken and pass it to the service that needs it. For an API, exchange with -RequestedTokenType "
                + "access_token.",
        [OAuthErrorId.NoIdToken] = "Connect again with openid in -Scope.",
        [OAuthErrorId.UserInfoNotSupported] = "Register the provider with -Issuer, or with -UserInfoEndpoint.",
        [OAuthErrorId.CallNeeded] = "Give -Method and -Uri of the call, and use the headers for it alone; or use Invoke-OAuthRestMethod.",
        [OAuthErrorId.SessionEnded] = "Run Connect-OAuthProvider again.",
        [OAuthErrorId.SessionCannotRenew] = "Run Connect-OAuthProvider again.",
        [OAuthErrorId.VaultEntryMissing] = "Connect again with -Vault, or look at the names with tab completion of Restore-OAuthSession.",
        [OAuthErrorId.VaultEntryInvalid] = "Update the module if a newer one wrote it; else connect again with -Vault, which replaces it.",
        [OAuthErrorId.VaultSessionReplaced] = "Run Restore-OAuthSession to go on with that one.",
        [OAuthErrorId.VaultTimeout] = "Check the vault with Test-SecretVault.",

        // A vendor's own credential.
        [OAuthErrorId.VendorCredentialNotSupported] = "Leave out -UseVendorCredential and give the credential.",
        [OAuthErrorId.VendorCredentialNotFound] = "Set both variables, or give the credential with -ClientCredential.",
        [OAuthErrorId.VendorCredentialAccess] = "Check its rights, or give the credential with -ClientCredential.",
    };

    internal static IEnumerable<OAuthErrorId> Ids => _byId.Keys;

    internal static string? Of(OAuthErrorId id) => _byId.GetValueOrDefault(id);
}
