using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Jose;

/// <summary>The private key of a certificate: from an object, from PKCS #12 (RFC 7292), or from the platform's store.</summary>
internal static partial class CertificateKey
{
    internal const string StorePrefix = "Cert:";

    // ERROR_INVALID_PASSWORD, on every platform.
    private const int InvalidPassword = unchecked((int)0x80070056);

    /// <exception cref="OAuthUsageException">It has no private key, or one that cannot be used.</exception>
    internal static ClientKey From(X509Certificate2 certificate, string source, ClientKeyOptions options)
    {
        if (!certificate.HasPrivateKey)
        {
            throw Errors.CertificateWithoutKey(source);
        }

        try
        {
            var key = (AsymmetricAlgorithm?)certificate.GetRSAPrivateKey() ?? certificate.GetECDsaPrivateKey()
                ?? throw Errors.KeyKindNotSupported();
            return new ClientKey(key, options.KeyId, options.Algorithm, CertificateThumbprint.Of(certificate));
        }
        catch (Exception failure) when (failure is CryptographicException or PlatformNotSupportedException)
        {
            throw Errors.KeyInvalid(source, "has a private key that cannot be used here");
        }
    }

    /// <exception cref="OAuthUsageException">It is no PKCS #12, the password is wrong, or its key cannot be used.</exception>
    internal static ClientKey FromPkcs12(byte[] bytes, string source, ClientKeyOptions options)
    {
        // The key is in memory alone where the platform can do so, and may be put into a vault.
        var flags = X509KeyStorageFlags.Exportable | (
            OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet);
        using var certificate = OpenPkcs12(bytes, source, options.Password, flags);
        return From(certificate, source, options);
    }

    /// <exception cref="OAuthUsageException">It is no PKCS #12, or the password is wrong.</exception>
    internal static X509Certificate2 OpenPkcs12(byte[] bytes, string source, Secret? password, X509KeyStorageFlags flags)
    {
        try
        {
            return (bytes.Length == 0 ? X509ContentType.Unknown : X509Certificate2.GetCertContentType(bytes)) switch
            {
                X509ContentType.Pfx => new X509Certificate2(bytes, password?.Reveal(), flags),
                X509ContentType.Cert => throw Errors.CertificateWithoutKey(source),
                _ => throw Errors.KeyInvalid(source, "is none of PEM, JWK and PKCS #12"),
            };
        }
        catch (CryptographicException failure) when (failure.HResult == InvalidPassword)
        {
            throw password is null ? Errors.KeyPasswordNeeded(source) : Errors.KeyPasswordWrong(source);
        }
        catch (Exception failure) when (failure is CryptographicException or PlatformNotSupportedException)
        {
            throw Errors.KeyInvalid(source, "is none of PEM, JWK and PKCS #12, or is damaged");
        }
    }

    /// <exception cref="OAuthUsageException">The path is none, or what it names is not there or cannot be used.</exception>
    internal static ClientKey FromStore(string path, ClientKeyOptions options) =>
        From(FindInStore(path), $"The certificate {WireFormat.Clean(path, [])}", options);

    /// <exception cref="OAuthUsageException">The path is none, or what it names is not there.</exception>
    internal static X509Certificate2 FindInStore(string path)
    {
        if (StorePath().Match(path) is not { Success: true } match)
        {
            throw Errors.StorePath(path);
        }

        try
        {
            using var store = new X509Store(
                match.Groups["store"].Value, Enum.Parse<StoreLocation>(match.Groups["location"].Value, ignoreCase: true));
            store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            var found = store.Certificates.Find(X509FindType.FindByThumbprint, match.Groups["thumbprint"].Value, validOnly: false);
            return found.Count == 0 ? throw Errors.CertificateNotFound(path) : found[0];
        }
        catch (Exception failure) when (failure is CryptographicException or PlatformNotSupportedException)
        {
            // The store itself is not there.
            throw Errors.CertificateNotFound(path);
        }
    }

    [GeneratedRegex(@"^Cert:[\\/](?<location>CurrentUser|LocalMachine)[\\/](?<store>[A-Za-z0-9]+)[\\/](?<thumbprint>[0-9A-F]{40})\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StorePath();
}
