using Microsoft.IdentityModel.JsonWebTokens;
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
        JsonWebKey jsonWebKey;
        try
        {
            jsonWebKey = new JsonWebKey(key);
            if (new JsonWebToken(jwt).Alg != algorithm)
            {
                return false;
            }
        }
        catch (ArgumentException)
        {
            // Neither a JWK nor a JWT.
            return false;
        }

        var handler = new JsonWebTokenHandler { MaximumTokenSizeInBytes = 1024 * 1024 };
        var result = handler.ValidateToken(jwt, new TokenValidationParameters
        {
            IssuerSigningKeyResolver = (_, _, _, _) => [jsonWebKey],
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = false,
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
            RequireExpirationTime = false,
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        });
        return result.IsValid;
    }
}
