using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OAuthPS.Flows.Tests;

/// <summary>A JWT as it was sent, taken apart without the library that made it.</summary>
internal sealed class SentJwt(string jwt)
{
    private readonly string[] _parts = jwt.Split('.');

    internal string Text { get; } = jwt;

    internal JsonElement Header => Json(_parts[0]);

    internal JsonElement Claims => Json(_parts[1]);

    internal string? Claim(string name) => Claims.TryGetProperty(name, out var value) ? value.ToString() : null;

    internal DateTimeOffset IssuedAt => DateTimeOffset.FromUnixTimeSeconds(Claims.GetProperty("iat").GetInt64());

    /// <summary>Whether it is signed ES256 with a key.</summary>
    internal bool IsSignedWith(ECDsa key) =>
        key.VerifyData(Encoding.ASCII.GetBytes($"{_parts[0]}.{_parts[1]}"), Decode(_parts[2]), HashAlgorithmName.SHA256);

    /// <summary>The elliptic key of its own header (RFC 7515 section 4.1.3).</summary>
    internal ECDsa EmbeddedKey()
    {
        var jwk = Header.GetProperty("jwk");
        Assert.Equal(["crv", "kty", "x", "y"], jwk.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(("EC", "P-256"), (jwk.GetProperty("kty").GetString(), jwk.GetProperty("crv").GetString()));
        return ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Decode(jwk.GetProperty("x").GetString()!), Y = Decode(jwk.GetProperty("y").GetString()!) },
        });
    }

    /// <summary>The DPoP proof of a recorded request.</summary>
    internal static SentJwt ProofOf(string request) => new(request.Split('\n').Single(line => line.StartsWith("DPoP: ", StringComparison.Ordinal))["DPoP: ".Length..]);

    internal static byte[] Decode(string base64Url) =>
        Convert.FromBase64String(base64Url.Replace('-', '+').Replace('_', '/').PadRight((base64Url.Length + 3) / 4 * 4, '='));

    private static JsonElement Json(string part) => JsonDocument.Parse(Decode(part)).RootElement;
}
