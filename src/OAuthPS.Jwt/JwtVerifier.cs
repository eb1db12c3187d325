using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace OAuthPS.Jwt;

/// <summary>Verifies signatures of JWTs (RFC 7515 section 5.2). Claims are the caller's to check.</summary>
public static class JwtVerifier
{
    /// <summary>Whether a JWT is signed with a key.</summary>
    /// <param name="jwt">The JWS in compact form.</param>
    /// <param name="key">The public key, a JWK (RFC 7517).</param>
    /// <param name="algorithm">The algorithm it must be signed with; any other is refused.</param>
    public static bool IsSignedWith(string jwt, string key, string algorithm)
    {
        ArgumentNullException.ThrowIfNull(jwt);
        var factory = new CryptoProviderFactory { CacheSignatureProviders = false };
        SignatureProvider? verifier = null;
        try
        {
            if (AlgorithmOf(jwt) != algorithm)
            {
                return false;
            }

            var end = jwt.LastIndexOf('.');
            var text = jwt[(end + 1)..];
            var signature = Base64UrlEncoder.DecodeBytes(text);
            if (Base64UrlEncoder.Encode(signature) != text)
            {
                // Padded, in another alphabet, or with bits at the end that mean nothing (RFC 7515 section 2).
                return false;
            }

            // The signature alone: its ValidateToken also reads claims, and fails on some that are none of its business.
            verifier = factory.CreateForVerifying(KeyOf(key), algorithm);
            return verifier.Verify(Encoding.ASCII.GetBytes(jwt[..end]), signature);
        }
        catch (Exception failure) when (
            failure is CryptographicException or FormatException or JsonException or ArgumentException or NotSupportedException
                or InvalidOperationException)
        {
            // Neither a JWK nor a JWT, or a key whose numbers are none.
            return false;
        }
        finally
        {
            if (verifier is not null)
            {
                factory.ReleaseSignatureProvider(verifier);
            }
        }
    }

    // By the header alone: the library's own reader also looks into claims, and stumbles over some that are the caller's to judge.
    private static string? AlgorithmOf(string jwt)
    {
        if (jwt.AsSpan().Count('.') != 2)
        {
            return null;
        }

        using var header = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(jwt[..jwt.IndexOf('.', StringComparison.Ordinal)]));
        return header.RootElement.TryGetProperty("alg", out var algorithm) ? algorithm.GetString() : null;
    }

    // The numbers alone: what the key is for was looked at before, and the library stumbles over members that are null.
    private static JsonWebKey KeyOf(string jwk)
    {
        using var document = JsonDocument.Parse(jwk);
        string? Text(string name) => document.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
        return new JsonWebKey { Kty = Text("kty"), N = Text("n"), E = Text("e"), Crv = Text("crv"), X = Text("x"), Y = Text("y") };
    }

    /// <summary>Whether a JWT is signed with a shared secret of any length.</summary>
    /// <param name="jwt">The JWS in compact form.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="algorithm"><c>HS256</c>, <c>HS384</c> or <c>HS512</c> (RFC 7518 section 3.2); with any other nothing is signed.</param>
    public static bool IsSignedWithSecret(string jwt, byte[] secret, string algorithm)
    {
        ArgumentNullException.ThrowIfNull(jwt);
        ArgumentNullException.ThrowIfNull(secret);
        var end = Math.Max(0, jwt.LastIndexOf('.'));
        var signed = Encoding.ASCII.GetBytes(jwt[..end]);
        var expected = algorithm switch
        {
            "HS256" => HMACSHA256.HashData(secret, signed),
            "HS384" => HMACSHA384.HashData(secret, signed),
            "HS512" => HMACSHA512.HashData(secret, signed),
            _ => [],
        };
        return expected.Length > 0
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(jwt[end..]), Encoding.ASCII.GetBytes("." + Base64UrlEncoder.Encode(expected)));
    }
}
