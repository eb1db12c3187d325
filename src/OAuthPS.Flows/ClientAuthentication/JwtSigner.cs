using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OAuthPS.Flows.Protocol;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary>
/// Signs JWTs. It is the one file that knows Microsoft.IdentityModel, so that those assemblies load when a JWT is first
/// signed and not before; none of their types may appear in a signature that other files see.
/// </summary>
internal static class JwtSigner
{
    // HMAC pads a key with zeros to its block, 64 bytes for SHA-256 (RFC 2104 section 2).
    private const int HmacSha256BlockSize = 64;

    internal static string SignHs256(string claims, Secret key)
    {
        var bytes = Encoding.UTF8.GetBytes(key.Reveal());
        if (bytes.Length < HmacSha256BlockSize)
        {
            // The library refuses keys below 128 bits, while servers hand out secrets of any length. Padding by hand, as
            // HMAC would by itself, gives the same signature.
            Array.Resize(ref bytes, HmacSha256BlockSize);
        }

        return Sign(claims, new SymmetricSecurityKey(bytes), SecurityAlgorithms.HmacSha256);
    }

    internal static string Sign(string claims, ClientKey key)
    {
        SecurityKey securityKey = key.Key switch
        {
            RSA rsa => new RsaSecurityKey(rsa),
            ECDsa ecdsa => new ECDsaSecurityKey(ecdsa),
            _ => throw new ArgumentException("The key is neither RSA nor elliptic.", nameof(key)),
        };
        securityKey.KeyId = key.KeyId;
        return Sign(claims, securityKey, key.Algorithm);
    }

    private static string Sign(string claims, SecurityKey key, string algorithm)
    {
        // Its cache of signature providers never forgets a key.
        var credentials = new SigningCredentials(key, algorithm)
        {
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(claims, credentials);
    }
}
