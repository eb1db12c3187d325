using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>
/// Access tokens as JWTs, signed with the one key of <c>/oauth/jwks.json</c> (RFC 7517), new at every start. That they are JWTs and
/// can be validated with these keys is documented; the algorithm and the claims besides <c>exp</c> are those of published tokens.
/// </summary>
internal sealed class SpaceTokens(EmulatorContext emulator, AccessTokens accessTokens)
{
    private const int KeyBits = 2048;

    private readonly Lazy<RSA> _key = new(() => RSA.Create(KeyBits));
    private readonly Lock _signing = new();

    /// <summary>A new access token.</summary>
    public IssuedToken Issue(Grant grant, string scope) => accessTokens.Issue(grant, scope, expires => Mint(grant, scope, expires));

    /// <summary>The public keys.</summary>
    public Answer KeySet()
    {
        var key = _key.Value.ExportParameters(includePrivateParameters: false);
        return Answer.Json(200, new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["alg"] = "RS512",
                ["e"] = Base64Url.EncodeToString(key.Exponent),
                ["n"] = Base64Url.EncodeToString(key.Modulus),
            }),
        });
    }

    private string Mint(Grant grant, string scope, long expires)
    {
        var payload = new JsonObject
        {
            ["sub"] = grant.User ?? grant.ClientId,
            ["aud"] = grant.ClientId,
            ["orgDomain"] = "emulator",
            ["scope"] = scope,
            ["name"] = grant.User ?? grant.ClientId,
            ["iss"] = "https://jetbrains.space",
            ["principal_type"] = grant.User is null ? "SERVICE" : "USER",
            ["exp"] = expires,
            ["iat"] = emulator.Now.ToUnixTimeSeconds(),
            // Two tokens of one second are two texts.
            ["jti"] = SecretText.Random(),
        };
        var signed = $"{Encode("""{"alg":"RS512"}""")}.{Encode(payload.ToJsonString())}";
        lock (_signing)
        {
            var signature = _key.Value.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1);
            return $"{signed}.{Base64Url.EncodeToString(signature)}";
        }
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
