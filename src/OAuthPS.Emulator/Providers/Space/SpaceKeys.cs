using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>The keys published at <c>/oauth/jwks.json</c> (RFC 7517), new at every start.</summary>
internal sealed class SpaceKeys
{
    private readonly RSAParameters key = NewKey();

    public JsonObject KeySet() => new()
    {
        ["keys"] = new JsonArray(new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = Base64Url.EncodeToString(SHA256.HashData(key.Modulus!))[..16],
            ["n"] = Base64Url.EncodeToString(key.Modulus),
            ["e"] = Base64Url.EncodeToString(key.Exponent),
        }),
    };

    private static RSAParameters NewKey()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportParameters(includePrivateParameters: false);
    }
}
