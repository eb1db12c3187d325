using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Jose;

/// <summary>How a key that is read is unlocked and used.</summary>
/// <param name="Password">What it is encrypted with; null where it is not.</param>
/// <param name="KeyId">The <c>kid</c> the provider knows it by; null for the one a JWK brings, or none.</param>
/// <param name="Algorithm">The JWS algorithm; null for the one a JWK brings, or the first that fits.</param>
public sealed record ClientKeyOptions(Secret? Password = null, string? KeyId = null, string? Algorithm = null);

/// <summary>Reads a client's private key from where people keep it. What it is, its content says, not its name.</summary>
public static class ClientKeyReader
{
    /// <summary>
    /// A key file: PEM (PKCS #8, encrypted or not; PKCS #1; SEC 1; with a certificate or without) or its base64 alone, PKCS #12 (.pfx,
    /// .p12), a JWK (RFC 7517), or the JSON of a Google service account or a Zitadel key.
    /// </summary>
    /// <exception cref="OAuthException">
    /// The file cannot be read, is no private key, or is one that cannot be used; the message says which.
    /// </exception>
    public static ClientKey FromFile(string path, ClientKeyOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var (bytes, source) = (KeyFile.Read(path), KeyFile.Name(path));
        return KeyFile.TryDecode(bytes) is { } text && IsText(text)
            ? FromText(text, source, options ?? new())
            : CertificateKey.FromPkcs12(bytes, source, options ?? new());
    }

    /// <summary>The text of a key: PEM, the base64 of one alone, a JWK, or the JSON of a Google service account or a Zitadel key.</summary>
    /// <exception cref="OAuthUsageException">It is no private key, or one that cannot be used.</exception>
    public static ClientKey FromText(Secret text, ClientKeyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FromText(text.Reveal(), "The key", options ?? new());
    }

    /// <summary>A certificate with its private key, which a smart card or the system may keep.</summary>
    /// <exception cref="OAuthUsageException">It has no private key, or one that cannot be used.</exception>
    public static ClientKey FromCertificate(X509Certificate2 certificate, ClientKeyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return CertificateKey.From(certificate, $"The certificate {certificate.Thumbprint}", options ?? new());
    }

    /// <summary>
    /// A certificate of the user's or the machine's store, by the path that PowerShell names it with:
    /// <c>Cert:\CurrentUser\My\&lt;thumbprint&gt;</c>.
    /// </summary>
    /// <exception cref="OAuthUsageException">There is none, it has no private key, or one that cannot be used.</exception>
    public static ClientKey FromStore(string path, ClientKeyOptions? options = null) => CertificateKey.FromStore(path, options ?? new());

    /// <summary>Whether a text is a key itself, and not a path to one.</summary>
    public static bool IsText(string text) => KeyFile.IsPem(text) || KeyFile.IsJson(text) || KeyFile.TryArmour(text) is not null;

    /// <summary>Whether a path is one into a certificate store.</summary>
    public static bool IsStorePath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith(CertificateKey.StorePrefix, StringComparison.OrdinalIgnoreCase);
    }

    private static ClientKey FromText(string text, string source, ClientKeyOptions options) =>
        KeyFile.IsJson(text) && DownloadedKey.TryRead(text, source, options) is { } downloaded ? downloaded
        : KeyFile.IsPem(text) ? PemKey.Read(text, source, options)
        : KeyFile.IsJson(text) ? JwkKey.Read(text, source, options)
        : KeyFile.TryArmour(text) is { } pem ? PemKey.Read(pem, source, options)
        : throw Errors.KeyInvalid(source, "is neither PEM nor a JWK");
}
