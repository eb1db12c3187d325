using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using OAuthPS.Flows.Secrets;
using OAuthPS.Jwt;

namespace OAuthPS.Flows.Jose;

/// <summary>Keys that somebody gives to verify a JWT with: public ones, or a shared secret.</summary>
public sealed class VerificationKeys
{
    private readonly IReadOnlyList<VerificationKey> _keys;

    private VerificationKeys(IReadOnlyList<VerificationKey> keys) => _keys = keys;

    /// <summary>A file with a JWK or a set of them (RFC 7517), or with public keys or certificates as PEM or DER.</summary>
    /// <exception cref="OAuthException">The file cannot be read, or no key in it can be used.</exception>
    public static VerificationKeys FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var bytes = KeyFile.Read(path);
        return KeyFile.TryDecode(bytes) is { } text && (KeyFile.IsPem(text) || KeyFile.IsJson(text) || KeyFile.TryArmour(text) is not null)
            ? FromText(text, KeyFile.Name(path))
            : FromDer(bytes, KeyFile.Name(path));
    }

    /// <summary>The text of a JWK, a set of them, or PEM.</summary>
    /// <exception cref="OAuthUsageException">No key in it can be used.</exception>
    public static VerificationKeys FromText(Secret text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FromText(text.Reveal(), "The key");
    }

    /// <summary>The public key of a certificate.</summary>
    /// <exception cref="OAuthUsageException">It is neither RSA nor elliptic.</exception>
    public static VerificationKeys FromCertificate(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        using var key = PublicKeyOf(certificate) ?? throw Errors.KeyKindNotSupported();
        return FromKey(key);
    }

    /// <summary>The public part of an RSA or elliptic key.</summary>
    /// <exception cref="OAuthUsageException">It is of another kind.</exception>
    public static VerificationKeys FromKey(AsymmetricAlgorithm key) =>
        new([VerificationKey.From(key) ?? throw Errors.KeyKindNotSupported()]);

    /// <summary>A shared secret, for HS256, HS384 and HS512.</summary>
    public static VerificationKeys FromSecret(Secret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return new([new VerificationKey(Encoding.UTF8.GetBytes(secret.Reveal()))]);
    }

    /// <summary>Those that may have signed it. A key without an id may be any, and so may the key of a token that names none.</summary>
    internal IReadOnlyList<VerificationKey> Fitting(JsonWebSignature jws) =>
        jws.Algorithm is not { } algorithm
            ? []
            : [.. _keys.Where(key => key.Fits(algorithm) && (key.KeyId is null || jws.KeyId is null || key.KeyId == jws.KeyId))];

    private static VerificationKeys FromText(string text, string source)
    {
        var keys = (KeyFile.IsPem(text) ? text : KeyFile.TryArmour(text)) is { } pem ? FromPem(pem, source) : FromJson(text, source);
        return keys.Count > 0 ? new(keys) : throw Errors.NoVerificationKey(source);
    }

    private static List<VerificationKey> FromPem(string pem, string source)
    {
        var keys = new List<VerificationKey>();
        foreach (var (label, data) in KeyFile.Blocks(pem))
        {
            try
            {
                using var key = label switch
                {
                    "PUBLIC KEY" => PublicKeyOf(PublicKey.CreateFromSubjectPublicKeyInfo(data, out _)),
                    "RSA PUBLIC KEY" => PublicKeyOf(data),
                    "CERTIFICATE" => PublicKeyOfCertificate(data),
                    _ => null,
                };
                keys.AddRange(key is null || VerificationKey.From(key) is not { } found ? [] : [found]);
            }
            catch (CryptographicException)
            {
                throw Errors.KeyInvalid(source, "is damaged");
            }
        }

        return keys;
    }

    private static List<VerificationKey> FromJson(string json, string source)
    {
        // Half a surrogate pair outside of a string becomes a replacement character, which is none of JSON's.
        var root = JsonShape.TryReadObject(Encoding.UTF8.GetBytes(json))
            ?? throw Errors.KeyInvalid(source, "is damaged: it cannot be read as JSON");
        var jwks = root.TryGetProperty("keys", out var set) && set.ValueKind == JsonValueKind.Array
            ? set.EnumerateArray().Where(key => key.ValueKind == JsonValueKind.Object)
            : [root];
        return [.. jwks.Select(VerificationKey.FromJwk).OfType<VerificationKey>()];
    }

    private static VerificationKeys FromDer(byte[] bytes, string source)
    {
        try
        {
            using var key = bytes.Length > 0 && X509Certificate2.GetCertContentType(bytes) == X509ContentType.Cert
                ? PublicKeyOfCertificate(bytes)
                : null;
            return key is null ? throw Errors.NoVerificationKey(source) : FromKey(key);
        }
        catch (CryptographicException)
        {
            throw Errors.NoVerificationKey(source);
        }
    }

    private static AsymmetricAlgorithm? PublicKeyOf(PublicKey key) =>
        (AsymmetricAlgorithm?)key.GetRSAPublicKey() ?? key.GetECDsaPublicKey();

    private static RSA PublicKeyOf(byte[] pkcs1)
    {
        var key = RSA.Create();
        key.ImportRSAPublicKey(pkcs1, out _);
        return key;
    }

    private static AsymmetricAlgorithm? PublicKeyOfCertificate(byte[] der)
    {
        using var certificate = new X509Certificate2(der);
        return PublicKeyOf(certificate);
    }

    private static AsymmetricAlgorithm? PublicKeyOf(X509Certificate2 certificate) =>
        (AsymmetricAlgorithm?)certificate.GetRSAPublicKey() ?? certificate.GetECDsaPublicKey();
}

/// <summary>One of them.</summary>
internal sealed class VerificationKey
{
    private readonly string? _jwk;
    private readonly byte[]? _secret;

    internal VerificationKey(byte[] secret, string? keyId = null)
    {
        _secret = secret;
        KeyId = keyId;
    }

    private VerificationKey(string jwk, string? keyId)
    {
        _jwk = jwk;
        KeyId = keyId;
        using var document = JsonDocument.Parse(jwk);
        Weakness = RsaStrength.Flaw(document.RootElement);
    }

    internal string? KeyId { get; }

    /// <summary>Why no signature of it is believed, for a sentence; null when nothing speaks against it.</summary>
    internal string? Weakness { get; }

    /// <returns>The key; null when it is of a kind that verifies nothing.</returns>
    internal static VerificationKey? FromJwk(JsonElement jwk)
    {
        if (!JwkUse.IsForSignatures(jwk) || !JwkUse.Allows(jwk, "verify"))
        {
            return null;
        }

        try
        {
            return JsonWebSignature.Text(jwk, "kty") switch
            {
                "oct" when JsonWebSignature.Text(jwk, "k") is { Length: > 0 } secret =>
                    new(Base64Url.Decode(secret), JsonWebSignature.Text(jwk, "kid")),
                "RSA" or "EC" => new(jwk.GetRawText(), JsonWebSignature.Text(jwk, "kid")),
                _ => null,
            };
        }
        catch (FormatException)
        {
            return null;
        }
    }

    internal static VerificationKey? From(AsymmetricAlgorithm key) => key switch
    {
        RSA rsa when rsa.ExportParameters(includePrivateParameters: false) is var it =>
            new($$"""{"kty":"RSA","n":"{{Base64Url.Encode(it.Modulus)}}","e":"{{Base64Url.Encode(it.Exponent)}}"}""", keyId: null),
        ECDsa curve when SigningAlgorithms.CurveOf(curve) is { } name
            && curve.ExportParameters(includePrivateParameters: false).Q is var point =>
            new($$"""{"kty":"EC","crv":"{{name}}","x":"{{Base64Url.Encode(point.X)}}","y":"{{Base64Url.Encode(point.Y)}}"}""", keyId: null),
        _ => null,
    };

    // A public key is never taken for a shared secret, nor the other way round (RFC 8725 section 2.1).
    internal bool Fits(string algorithm)
    {
        if (_jwk is null)
        {
            return algorithm is "HS256" or "HS384" or "HS512";
        }

        using var jwk = JsonDocument.Parse(_jwk);
        return JwkFit.Is(jwk.RootElement, algorithm);
    }

    internal bool HasSigned(string jwt, string algorithm) =>
        _secret is null ? JwtVerifier.IsSignedWith(jwt, _jwk!, algorithm) : JwtVerifier.IsSignedWithSecret(jwt, _secret, algorithm);
}
