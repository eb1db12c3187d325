using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OAuthPS.Flows.Jose;

/// <summary>What names a certificate in the header of a JWT, base64url.</summary>
/// <param name="Sha256"><c>x5t#S256</c> (RFC 7515 section 4.1.8).</param>
/// <param name="Sha1">
/// <c>x5t</c> (section 4.1.7), for servers that know no other: it finds a certificate and protects nothing. Null where it is not known.
/// </param>
internal sealed record CertificateThumbprint(string Sha256, string? Sha1)
{
    internal static CertificateThumbprint Of(X509Certificate2 certificate) =>
        new(Base64Url.Encode(SHA256.HashData(certificate.RawData)), Base64Url.Encode(certificate.GetCertHash()));
}
