using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Vaults;

/// <summary>
/// How a session reaches its servers, as a vault keeps it: the certificates themselves, since a file may be gone where it is opened again.
/// </summary>
internal sealed class VaultedNetwork
{
    public string? Proxy { get; init; }

    public string? ProxyUserName { get; init; }

    public string? ProxyPassword { get; init; }

    public bool ProxyUsesDefaultCredentials { get; init; }

    public bool NoProxy { get; init; }

    /// <summary>X.509 in DER (RFC 5280 section 4.1), base64.</summary>
    public IReadOnlyList<string>? CertificateAuthorities { get; init; }

    internal static VaultedNetwork Create(NetworkOptions network) => new()
    {
        Proxy = network.Proxy?.OriginalString,
        ProxyUserName = network.ProxyCredential?.UserName,
        ProxyPassword = network.ProxyCredential?.Password.Reveal(),
        ProxyUsesDefaultCredentials = network.ProxyUsesDefaultCredentials,
        NoProxy = network.NoProxy,
        CertificateAuthorities = network.CertificateAuthorities.Count == 0
            ? null
            : [.. network.CertificateAuthorities.Select(one => Convert.ToBase64String(one.RawDataMemory.Span))],
    };

    /// <returns>The options; null when they cannot be used.</returns>
    internal NetworkOptions? TryOpen()
    {
        try
        {
            return new NetworkOptions
            {
                Proxy = Proxy is null ? null : new Uri(Proxy),
                ProxyCredential = ProxyUserName is null ? null : new ProxyCredential(ProxyUserName, new Secret(ProxyPassword ?? "")),
                ProxyUsesDefaultCredentials = ProxyUsesDefaultCredentials,
                NoProxy = NoProxy,
                CertificateAuthorities = [.. (CertificateAuthorities ?? []).Select(CertificateOf)],
            }.Check();
        }
        catch (Exception failure) when (failure is UriFormatException or FormatException or CryptographicException or OAuthUsageException)
        {
            return null;
        }
    }

    private static X509Certificate2 CertificateOf(string der)
    {
        var bytes = Convert.FromBase64String(der ?? "");
        return X509Certificate2.GetCertContentType(bytes) == X509ContentType.Cert
            ? new X509Certificate2(bytes)
            : throw new CryptographicException("It is no certificate.");
    }
}
