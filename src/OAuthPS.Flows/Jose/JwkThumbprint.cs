using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OAuthPS.Flows.Jose;

/// <summary>The SHA-256 thumbprint of a key (RFC 7638): a hash over its required members alone, in lexicographic order.</summary>
internal static class JwkThumbprint
{
    /// <param name="jwk">
    /// The key, a JWK of the type <c>EC</c>, <c>RSA</c>, <c>OKP</c> or <c>oct</c> (RFC 7638 section 3.2, RFC 8037 section 2).
    /// </param>
    /// <exception cref="ArgumentException">The key is of another type, or lacks a member.</exception>
    internal static string Compute(JsonElement jwk)
    {
        string[] required = JsonWebSignature.Text(jwk, "kty") switch
        {
            "EC" => ["crv", "kty", "x", "y"],
            "RSA" => ["e", "kty", "n"],
            "OKP" => ["crv", "kty", "x"],
            "oct" => ["k", "kty"],
            _ => throw new ArgumentException("The key is of no known type.", nameof(jwk)),
        };
        var members = JsonText.Object(writer =>
        {
            foreach (var name in required)
            {
                writer.WriteString(
                    name, JsonWebSignature.Text(jwk, name) ?? throw new ArgumentException($"The key has no '{name}'.", nameof(jwk)));
            }
        });
        return Base64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(members)));
    }
}
