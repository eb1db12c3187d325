using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OAuthPS.Flows.Jose;

/// <summary>A private key as a JWK (RFC 7517, RFC 7518 section 6), with the key id and the algorithm that it brings.</summary>
internal static class JwkKey
{
    /// <exception cref="OAuthUsageException">It is no private key, or one that cannot be used.</exception>
    internal static ClientKey Read(string json, string source, ClientKeyOptions options)
    {
        // Half a surrogate pair outside of a string becomes a replacement character, which is none of JSON's.
        var jwk = JsonShape.TryReadObject(Encoding.UTF8.GetBytes(json))
            ?? throw Errors.KeyInvalid(source, "is damaged: it cannot be read as JSON");
        if (jwk.TryGetProperty("keys", out _))
        {
            throw Errors.KeyInvalid(source, "is a set of keys; one of them is needed");
        }

        if (!JwkUse.IsForSignatures(jwk))
        {
            throw Errors.KeyInvalid(source, "is for encryption, and signs nothing (use)");
        }

        if (!JwkUse.Allows(jwk, "sign"))
        {
            throw Errors.KeyInvalid(source, "is not meant to sign (key_ops)");
        }

        AsymmetricAlgorithm key = JsonWebSignature.Text(jwk, "kty") switch
        {
            "RSA" => Rsa(jwk, source),
            "EC" => Elliptic(jwk, source),
            "OKP" => throw Errors.EdDsaNotSupported(source),
            "oct" => throw Errors.KeyIsSecret(source),
            _ => throw Errors.KeyKindNotSupported(),
        };
        return new ClientKey(
            key, options.KeyId ?? JsonWebSignature.Text(jwk, "kid"), options.Algorithm ?? JsonWebSignature.Text(jwk, "alg"));
    }

    private static RSA Rsa(JsonElement jwk, string source)
    {
        if (!jwk.TryGetProperty("d", out _))
        {
            throw Errors.KeyIsPublic(source);
        }

        // The platform needs all of what RFC 7518 section 6.3.2 says a producer should include.
        var parameters = new RSAParameters
        {
            Modulus = Member(jwk, "n", source),
            Exponent = Member(jwk, "e", source),
            D = Member(jwk, "d", source),
            P = Member(jwk, "p", source),
            Q = Member(jwk, "q", source),
            DP = Member(jwk, "dp", source),
            DQ = Member(jwk, "dq", source),
            InverseQ = Member(jwk, "qi", source),
        };
        return Import(RSA.Create(), key => key.ImportParameters(parameters), source);
    }

    private static ECDsa Elliptic(JsonElement jwk, string source)
    {
        if (!jwk.TryGetProperty("d", out _))
        {
            throw Errors.KeyIsPublic(source);
        }

        var parameters = new ECParameters
        {
            Curve = JsonWebSignature.Text(jwk, "crv") switch
            {
                "P-256" => ECCurve.NamedCurves.nistP256,
                "P-384" => ECCurve.NamedCurves.nistP384,
                "P-521" => ECCurve.NamedCurves.nistP521,
                _ => throw Errors.KeyKindNotSupported(),
            },
            Q = new ECPoint { X = Member(jwk, "x", source), Y = Member(jwk, "y", source) },
            D = Member(jwk, "d", source),
        };
        return Import(ECDsa.Create(), key => key.ImportParameters(parameters), source);
    }

    private static T Import<T>(T key, Action<T> import, string source)
        where T : AsymmetricAlgorithm
    {
        try
        {
            import(key);
            return key;
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw Errors.KeyInvalid(source, "is damaged: its numbers do not belong together");
        }
    }

    private static byte[] Member(JsonElement jwk, string name, string source)
    {
        try
        {
            return JsonWebSignature.Text(jwk, name) is { Length: > 0 } text
                ? Base64Url.Decode(text)
                : throw Errors.KeyInvalid(source, $"has no '{name}'");
        }
        catch (FormatException)
        {
            throw Errors.KeyInvalid(source, $"has a '{name}' that is not base64url");
        }
    }
}
