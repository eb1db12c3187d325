using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>The keys published at <c>/oauth/jwks.json</c> (RFC 7517): one of an elliptic curve, new at every start.</summary>
internal sealed class SpaceKeys
{
    private readonly Lazy<ECPoint> key = new(NewKey);

    public JsonObject KeySet() => new()
    {
        ["keys"] = new JsonArray(new JsonObject
        {
            ["kty"] = "EC",
            ["use"] = "sig",
            ["alg"] = "ES256",
            ["crv"] = "P-256",
            ["kid"] = Base64Url.EncodeToString(SHA256.HashData(key.Value.X!))[..16],
            ["x"] = Base64Url.EncodeToString(key.Value.X),
            ["y"] = Base64Url.EncodeToString(key.Value.Y),
        }),
    };

    private static ECPoint NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportParameters(includePrivateParameters: false).Q;
    }
}
