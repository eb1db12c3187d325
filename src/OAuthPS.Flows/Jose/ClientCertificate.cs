using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Jose;

/// <summary>Reads the TLS certificate with which a client proves itself (RFC 8705) from where people keep it.</summary>
public static class ClientCertificate
{
    /// <summary>A file with the certificate and its private key: PKCS #12 (.pfx, .p12) or PEM.</summary>
    /// <exception cref="OAuthException">The file cannot be read, or lacks the one or the other; the message says which.</exception>
    public static X509Certificate2 FromFile(string path, Secret? password = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var (bytes, source) = (KeyFile.Read(path), KeyFile.Name(path));
        return KeyFile.TryDecode(bytes) is { } text && KeyFile.IsPem(text)
            ? FromPem(text, source, password)
            : CertificateKey.OpenPkcs12(bytes, source, password, X509KeyStorageFlags.DefaultKeySet);
    }

    /// <summary>The same as text: PEM.</summary>
    /// <exception cref="OAuthUsageException">It lacks the certificate or its private key.</exception>
    public static X509Certificate2 FromText(Secret text, Secret? password = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FromPem(text.Reveal(), "The certificate", password);
    }

    /// <summary>A certificate of a store, such as <c>Cert:\CurrentUser\My\&lt;thumbprint&gt;</c>.</summary>
    /// <exception cref="OAuthUsageException">There is none.</exception>
    public static X509Certificate2 FromStore(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return CertificateKey.FindInStore(path);
    }

    private static X509Certificate2 FromPem(string pem, string source, Secret? password)
    {
        var (key, certificate) = PemKey.ReadWithCertificate(KeyFile.TryArmour(pem) ?? pem, source, password);
        using (key)
        using (certificate ?? throw Errors.KeyWithoutCertificate(source))
        {
            var whole = key is RSA rsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey((ECDsa)key);
            if (!OperatingSystem.IsWindows())
            {
                return whole;
            }

            // Windows takes no key for a TLS connection that is in memory alone (https://github.com/dotnet/runtime/issues/23749).
            using (whole)
            {
                return new X509Certificate2(whole.Export(X509ContentType.Pkcs12));
            }
        }
    }
}
