using System.Management.Automation;
using System.Net;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Values;

/// <summary>Between PowerShell's secrets (<see cref="SecureString"/>, <see cref="PSCredential"/>) and the library's.</summary>
internal static class Secrets
{
    internal static Secret ToSecret(this SecureString value) => new(new NetworkCredential("", value).Password);

    internal static SecureString ToSecureString(this Secret secret)
    {
        // At once: appending the characters one by one costs more than all else in Get-OAuthToken.
        var result = new NetworkCredential("", secret.Reveal()).SecurePassword;
        result.MakeReadOnly();
        return result;
    }

    // PSCredential puts a backslash before a user name given without a domain on some paths; an OAuth id never starts with one.
    internal static OAuthClient ToClient(this PSCredential credential, X509Certificate2? certificate = null) =>
        new(credential.Name(), credential.Secret(), certificate: certificate);

    internal static UserCredential ToUser(this PSCredential credential) => new(credential.Name(), credential.Secret());

    internal static ProxyCredential ToProxyCredential(this PSCredential credential) => new(credential.Name(), credential.Secret());

    // [pscredential]::Empty has neither.
    private static string Name(this PSCredential credential) => credential.UserName?.TrimStart('\\') ?? "";

    private static Secret Secret(this PSCredential credential) => credential.Password?.ToSecret() ?? new Secret("");
}
