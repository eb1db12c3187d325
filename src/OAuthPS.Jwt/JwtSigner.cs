using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OAuthPS.Jwt;

/// <summary>
/// Signs JWTs (RFC 7515, RFC 7519). It has an assembly to itself so that a host may load it, and Microsoft.IdentityModel below
/// it, apart from everything else and only when a JWT is first needed. So its signatures have .NET's own types alone.
/// </summary>
public static class JwtSigner
{
    // HMAC pads a key with zeros to its block, 64 bytes for SHA-256 (RFC 2104 section 2).
    private const int HmacSha256BlockSize = 64;

    /// <summary>Signs with <c>HS256</c> (RFC 7518 section 3.2) and a key of any length.</summary>
    /// <param name="claims">The claims, a JSON object.</param>
    /// <param name="key">The key.</param>
    /// <param name="type">The <c>typ</c> of the header; null for a plain JWT.</param>
    /// <returns>The JWS in compact form.</returns>
    public static string SignHs256(string claims, byte[] key, string? type = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length < HmacSha256BlockSize)
        {
            // The library refuses keys below 128 bits, while servers hand out secrets of any length. Padding by hand, as HMAC
            // would by itself, gives the same signature.
            var padded = new byte[HmacSha256BlockSize];
            key.CopyTo(padded, 0);
            key = padded;
        }

        return Sign(claims, new SymmetricSecurityKey(key), SecurityAlgorithms.HmacSha256, type is null ? null : new Dictionary<string, string> { ["typ"] = type });
    }

    /// <summary>Signs with a private key.</summary>
    /// <param name="claims">The claims, a JSON object.</param>
    /// <param name="key">An <see cref="RSA"/> or <see cref="ECDsa"/> key.</param>
    /// <param name="keyId">The <c>kid</c> header; null for none.</param>
    /// <param name="algorithm">The <c>alg</c> header, one that fits the key (RFC 7518 section 3.1).</param>
    /// <param name="header">Members of the header besides; null for none.</param>
    /// <returns>The JWS in compact form.</returns>
    /// <exception cref="ArgumentException">The key is of another kind.</exception>
    public static string Sign(string claims, AsymmetricAlgorithm key, string? keyId, string algorithm, IReadOnlyDictionary<string, string>? header = null)
    {
        SecurityKey securityKey = key switch
        {
            RSA rsa => new RsaSecurityKey(rsa),
            ECDsa ecdsa => new ECDsaSecurityKey(ecdsa),
            _ => throw new ArgumentException("The key is neither RSA nor elliptic.", nameof(key)),
        };
        securityKey.KeyId = keyId;
        return Sign(claims, securityKey, algorithm, header);
    }

    private static string Sign(string claims, SecurityKey key, string algorithm, IReadOnlyDictionary<string, string>? header = null)
    {
        // Its cache of signature providers never forgets a key.
        var credentials = new SigningCredentials(key, algorithm)
        {
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return header is null
            ? handler.CreateToken(claims, credentials)
            : handler.CreateToken(claims, credentials, header.ToDictionary(member => member.Key, member => (object)member.Value));
    }
}
