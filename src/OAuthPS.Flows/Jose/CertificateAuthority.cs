using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Jose;

/// <summary>Reads certificates of authorities, whose servers are to be trusted, from where people keep them.</summary>
public static class CertificateAuthority
{
    private const int MaximumSize = 1024 * 1024;

    // The public ones are about 150; what is trusted goes into a vault with its session.
    private const int Most = 500;

    private static readonly string[] _labels = ["CERTIFICATE", "X509 CERTIFICATE"];

    /// <summary>A file with one certificate or a bundle of them: PEM (RFC 7468), or DER. A private key in it is not read.</summary>
    /// <exception cref="OAuthUsageException">
    /// The file is not there, cannot be read, is larger than 1 MiB, or has no certificate.
    /// </exception>
    public static IReadOnlyList<X509Certificate2> FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var source = $"The file {ShownInput.Path(path)}";
        var bytes = BoundedFile.Reading(
            () => BoundedFile.Read(path, MaximumSize) ?? throw Errors.InvalidCertificateAuthority(source, "is larger than 1 MiB"),
            flaw => Errors.InvalidCertificateAuthority(source, flaw));
        return bytes.Length == 0 ? throw Errors.InvalidCertificateAuthority(source, "is empty, or a device or pipe")
            : KeyFile.TryDecode(bytes) is { } text && (KeyFile.IsPem(text) || KeyFile.TryArmour(text) is not null) ? FromPem(text, source)
            : [Read(bytes, source)];
    }

    /// <summary>The same as text: PEM.</summary>
    /// <exception cref="OAuthUsageException">It has no certificate.</exception>
    public static IReadOnlyList<X509Certificate2> FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FromPem(text, "The text");
    }

    /// <summary>A certificate of a store, such as <c>Cert:\CurrentUser\Root\&lt;thumbprint&gt;</c>.</summary>
    /// <exception cref="OAuthUsageException">There is none.</exception>
    public static IReadOnlyList<X509Certificate2> FromStore(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var found = CertificateKey.FindInStore(path);
        return PublicPartOf([found]);
    }

    /// <summary>Whether it vouches for itself: the end of the way to it.</summary>
    internal static bool IsRoot(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    /// <summary>Copies without private keys, which stay whose they are.</summary>
    internal static IReadOnlyList<X509Certificate2> PublicPartOf(IReadOnlyList<X509Certificate2> certificates) =>
        [.. certificates.Select(certificate => new X509Certificate2(certificate.RawDataMemory.Span))];

    /// <exception cref="OAuthUsageException">None of them is a root, which nothing could be trusted by; or there are too many.</exception>
    internal static void RequireRoot(IReadOnlyList<X509Certificate2> certificates)
    {
        if (certificates.Count > Most)
        {
            throw Errors.InvalidCertificateAuthority("What is given for certificate authorities", $"has more than {Most} certificates");
        }

        if (certificates.Count > 0 && !certificates.Any(IsRoot))
        {
            throw Errors.CertificateAuthorityWithoutRoot(certificates[0].Subject, certificates[^1].Issuer);
        }
    }

    private static List<X509Certificate2> FromPem(string text, string source)
    {
        var blocks = KeyFile.Blocks(KeyFile.IsPem(text) ? text : KeyFile.TryArmour(text) ?? "");
        var certificates = blocks.Where(block => _labels.Contains(block.Label)).ToList();
        return certificates.Count is > 0 and <= Most
            ? [.. certificates.Select(block => Read(block.Data, source))]
            : throw Errors.InvalidCertificateAuthority(
                source,
                certificates.Count > Most ? $"has more than {Most} certificates"
                    : blocks.Count > 0 ? $"has no certificate, but {WireFormat.Clean(blocks[0].Label, [])}"
                    : "is no certificate");
    }

    private static X509Certificate2 Read(byte[] bytes, string source)
    {
        try
        {
            var kind = X509Certificate2.GetCertContentType(bytes);
            return kind == X509ContentType.Cert ? new X509Certificate2(bytes) : throw Errors.InvalidCertificateAuthority(
                source,
                kind is X509ContentType.Pkcs12 ? "is PKCS #12 and may hold a private key"
                    : kind is X509ContentType.Pkcs7 ? "is PKCS #7"
                    : "is no certificate");
        }
        catch (CryptographicException)
        {
            throw Errors.InvalidCertificateAuthority(source, "is no certificate, or a damaged one");
        }
    }
}
