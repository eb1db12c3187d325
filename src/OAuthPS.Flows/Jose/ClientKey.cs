using System.Security.Cryptography;
using OAuthPS.Jwt;

namespace OAuthPS.Flows.Jose;

/// <summary>
/// The private key with which a client signs its assertions (RFC 7523 section 2.2). <see cref="ClientKeyReader"/> reads one from
/// a file, a certificate or a text.
/// </summary>
public sealed class ClientKey
{
    private readonly IReadOnlyList<string> _fitting;

    /// <summary>A key, and how it signs.</summary>
    /// <param name="key">
    /// An <see cref="RSA"/> or <see cref="ECDsa"/> key with its private part; it must outlive the sessions that use it.
    /// </param>
    /// <param name="keyId">The <c>kid</c> the provider knows it by; null when it has only one key of this client.</param>
    /// <param name="algorithm">
    /// The JWS algorithm (RFC 7518 section 3.1); null chooses the first that fits the key and that the server announces, which without
    /// an announcement is <c>RS256</c> for RSA, and the one of its curve for an elliptic key.
    /// </param>
    /// <exception cref="OAuthUsageException">
    /// The key is of another kind, too short or has no private part, or the algorithm does not fit it.
    /// </exception>
    public ClientKey(AsymmetricAlgorithm key, string? keyId = null, string? algorithm = null)
        : this(key, keyId, algorithm, certificateThumbprint: null)
    {
    }

    internal ClientKey(AsymmetricAlgorithm key, string? keyId, string? algorithm, CertificateThumbprint? certificateThumbprint)
    {
        ArgumentNullException.ThrowIfNull(key);
        _fitting = SigningAlgorithms.Fitting(key);
        if (_fitting.Count == 0)
        {
            throw Errors.KeyKindNotSupported();
        }

        RsaStrength.Require(key);
        if (algorithm is not null && !_fitting.Contains(algorithm))
        {
            throw Errors.KeyAlgorithm(algorithm, _fitting);
        }

        if (!CanSign(key))
        {
            throw Errors.KeyIsPublic("The key");
        }

        Key = key;
        KeyId = keyId;
        AskedAlgorithm = algorithm;
        CertificateThumbprint = certificateThumbprint;
    }

    /// <summary>The <c>kid</c>.</summary>
    public string? KeyId { get; }

    /// <summary>The JWS algorithm, where the server announces none.</summary>
    public string Algorithm => AskedAlgorithm ?? _fitting[0];

    internal AsymmetricAlgorithm Key { get; }

    /// <summary>The public key, which tells keys apart.</summary>
    internal byte[] PublicPart => Key.ExportSubjectPublicKeyInfo();

    /// <summary>The algorithm that was named; null when it is left to the server's announcement.</summary>
    internal string? AskedAlgorithm { get; }

    /// <summary>What names its certificate, by which a server may find the key; null when it has none.</summary>
    internal CertificateThumbprint? CertificateThumbprint { get; }

    /// <summary>The <c>client_id</c> that came with the key; null where none did.</summary>
    public string? ClientId { get; internal init; }

    /// <summary>Whether a grant that it signs names a subject only where the user gives one (RFC 7523 section 3 wants one).</summary>
    internal bool OmitsSubject { get; init; }

    /// <summary>
    /// The algorithm for a server: the one that was named, else the first of the key's that the server announces; none announced is any.
    /// </summary>
    /// <param name="announced">The algorithms that the server announces.</param>
    /// <param name="server">The server's name, for a message.</param>
    /// <param name="what">What it takes signed with them, for a message.</param>
    /// <exception cref="OAuthUsageException">The server announces none that fits the key.</exception>
    internal string AlgorithmAmong(IReadOnlyList<string> announced, string server, string what) =>
        AskedAlgorithm
            ?? (announced.Count == 0 ? Algorithm : _fitting.FirstOrDefault(announced.Contains))
            ?? throw Errors.KeyAlgorithmsNotTaken(server, what, announced, _fitting);

    /// <summary>Signs claims, naming the key as the server may know it.</summary>
    /// <param name="claims">The claims, a JSON object.</param>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="type">The <c>typ</c> of the header; null for a plain JWT.</param>
    /// <param name="withSha1Thumbprint">Whether the header also has the SHA-1 thumbprint of the certificate.</param>
    internal string Sign(string claims, string algorithm, string? type = null, bool withSha1Thumbprint = false)
    {
        var header = new Dictionary<string, string>();
        if (type is not null)
        {
            header["typ"] = type;
        }

        if (CertificateThumbprint is { } thumbprint)
        {
            header["x5t#S256"] = thumbprint.Sha256;
            if (withSha1Thumbprint && thumbprint.Sha1 is { } sha1)
            {
                header["x5t"] = sha1;
            }
        }

        return JwtSigner.Sign(claims, Key, KeyId, algorithm, header.Count == 0 ? null : header);
    }

    /// <summary>The key as PKCS #8; null when whoever keeps it does not give it away.</summary>
    internal byte[]? TryExport()
    {
        try
        {
            return Key.ExportPkcs8PrivateKey();
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // Whether there is a private part cannot be asked: a key that is kept elsewhere signs, and does not give it away.
    private static bool CanSign(AsymmetricAlgorithm key)
    {
        try
        {
            _ = key is RSA rsa
                ? rsa.SignData([], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                : ((ECDsa)key).SignData([], HashAlgorithmName.SHA256);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
