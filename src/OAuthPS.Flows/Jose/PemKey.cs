using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Jose;

/// <summary>A private key in PEM (RFC 7468), with the certificate that belongs to it or without.</summary>
internal static class PemKey
{
    /// <exception cref="OAuthUsageException">There is no private key in it, or one that cannot be used.</exception>
    internal static ClientKey Read(string pem, string source, ClientKeyOptions options)
    {
        var (key, certificate) = ReadWithCertificate(pem, source, options.Password);
        using (certificate)
        {
            return new ClientKey(
                key, options.KeyId, options.Algorithm, certificate is null ? null : CertificateThumbprint.Of(certificate));
        }
    }

    /// <summary>The same with the certificate that belongs to the key; null where there is none.</summary>
    /// <exception cref="OAuthUsageException">
    /// There is no private key in it, or one that cannot be used, or certificates of other keys alone.
    /// </exception>
    internal static (
        AsymmetricAlgorithm Key, X509Certificate2? Certificate) ReadWithCertificate(string pem, string source, Secret? password)
    {
        var blocks = KeyFile.Blocks(pem);
        var key = blocks.Select(block => Import(block.Label, block.Data, source, password)).FirstOrDefault(found => found is not null)
            ?? throw WhatElse(pem, blocks, source);
        var certificates = blocks.Where(block => block.Label == "CERTIFICATE").ToList();
        return (key, certificates.Count == 0 ? null : CertificateOf(key, certificates, source));
    }

    /// <summary>A key as PKCS #8 (RFC 5958) has it.</summary>
    /// <exception cref="OAuthUsageException">It is damaged, or of a kind that cannot be used.</exception>
    internal static AsymmetricAlgorithm ImportPkcs8(byte[] data, string source) => AlgorithmOf(data) switch
    {
        "1.2.840.113549.1.1.1" => Import(RSA.Create(), key => key.ImportPkcs8PrivateKey(data, out _), source),
        "1.2.840.10045.2.1" => Import(ECDsa.Create(), key => key.ImportPkcs8PrivateKey(data, out _), source),
        "1.3.101.112" or "1.3.101.113" => throw Errors.EdDsaNotSupported(source),
        null => throw Errors.KeyInvalid(source, "is damaged"),
        _ => throw Errors.KeyKindNotSupported(),
    };

    private static AsymmetricAlgorithm? Import(string label, byte[] data, string source, Secret? password) => label switch
    {
        "PRIVATE KEY" => ImportPkcs8(data, source),
        "ENCRYPTED PRIVATE KEY" => ImportEncrypted(data, source, password?.Reveal() ?? throw Errors.KeyPasswordNeeded(source)),
        "RSA PRIVATE KEY" => Import(RSA.Create(), key => key.ImportRSAPrivateKey(data, out _), source),
        "EC PRIVATE KEY" => Import(ECDsa.Create(), key => key.ImportECPrivateKey(data, out _), source),
        _ => null,
    };

    private static T Import<T>(T key, Action<T> import, string source)
        where T : AsymmetricAlgorithm
    {
        try
        {
            import(key);
            return key;
        }
        catch (Exception failure) when (failure is CryptographicException or PlatformNotSupportedException)
        {
            key.Dispose();

            // Its words are the platform's, and differ from one to the next.
            throw Errors.KeyInvalid(source, "is damaged, or on a curve that this platform does not know");
        }
    }

    // What kind of key it is shows only once it is decrypted, and the platform does not tell a wrong password from a kind it lacks.
    private static AsymmetricAlgorithm ImportEncrypted(byte[] data, string source, string password)
    {
        AsymmetricAlgorithm[] kinds = [RSA.Create(), ECDsa.Create()];
        foreach (var key in kinds)
        {
            try
            {
                key.ImportEncryptedPkcs8PrivateKey(password, data, out _);
                return key;
            }
            catch (Exception failure) when (failure is CryptographicException or PlatformNotSupportedException)
            {
                key.Dispose();
            }
        }

        throw Errors.KeyPasswordWrong(source);
    }

    private static string? AlgorithmOf(byte[] pkcs8)
    {
        try
        {
            var info = new AsnReader(pkcs8, AsnEncodingRules.BER).ReadSequence();
            info.ReadInteger();
            return info.ReadSequence().ReadObjectIdentifier();
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static X509Certificate2 CertificateOf(
        AsymmetricAlgorithm key, IEnumerable<(string Label, byte[] Data)> certificates, string source)
    {
        var own = key.ExportSubjectPublicKeyInfo();
        foreach (var (_, data) in certificates)
        {
            try
            {
                var certificate = new X509Certificate2(data);
                using var publicKey = (AsymmetricAlgorithm?)certificate.GetRSAPublicKey() ?? certificate.GetECDsaPublicKey();
                if (publicKey?.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(own) == true)
                {
                    return certificate;
                }

                certificate.Dispose();
            }
            catch (CryptographicException)
            {
                throw Errors.KeyInvalid(source, "has a certificate that is damaged");
            }
        }

        throw Errors.KeyInvalid(source, "has a certificate that does not belong to its key");
    }

    private static OAuthUsageException WhatElse(string pem, List<(string Label, byte[] Data)> blocks, string source) =>
        blocks.FirstOrDefault().Label switch
    {
        _ when pem.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal) =>
            Errors.KeyInOldForm(source, "openssl pkcs8 -topk8 -in old.pem -out new.pem"),
        "OPENSSH PRIVATE KEY" => Errors.KeyInOldForm(source, "ssh-keygen -p -m PKCS8 -f <a copy of it>"),
        "PUBLIC KEY" or "RSA PUBLIC KEY" => Errors.KeyIsPublic(source),
        "CERTIFICATE" => Errors.CertificateWithoutKey(source),
        null => Errors.KeyInvalid(source, "is damaged: it has no whole PEM block"),
        _ => Errors.KeyInvalid(source, "has no private key in it"),
    };
}
