using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows;

/// <content>Messages about what is given for the way to a server.</content>
internal static partial class Errors
{
    internal static OAuthUsageException InvalidProxy(string flaw) => new(
        OAuthErrorId.InvalidProxy,
        flaw,
        "Give the proxy's address such as http://proxy.example.com:8080, and the user name and password for it as a credential.")
    {
        Inputs = [OAuthInput.Proxy],
    };

    internal static OAuthUsageException InvalidCertificateAuthority(string source, string flaw) => new(
        OAuthErrorId.InvalidCertificateAuthority,
        $"{source} {flaw}.",
        "Give the certificate of the authority alone, as PEM or DER; a PEM file may hold several.")
    {
        Inputs = [OAuthInput.CertificateAuthority],
    };

    internal static OAuthUsageException CertificateAuthorityWithoutRoot(string subject, string issuer) => new(
        OAuthErrorId.InvalidCertificateAuthority,
        $"The certificate authority '{WireFormat.Clean(subject, [])}' is not a root: it is issued by '{WireFormat.Clean(issuer, [])}'.",
        "Give the certificate of the root as well.")
    {
        Inputs = [OAuthInput.CertificateAuthority],
    };
}
