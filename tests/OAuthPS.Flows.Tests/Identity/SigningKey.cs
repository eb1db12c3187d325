using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OAuthPS.Flows.Jose;

namespace OAuthPS.Flows.Tests.Identity;

/// <summary>A server's key: signs tokens with .NET's own cryptography, and shows its public half as a JWK.</summary>
internal sealed class SigningKey
{
    private readonly AsymmetricAlgorithm _key;

    internal SigningKey(AsymmetricAlgorithm key) => _key = key;

    internal static SigningKey Rsa { get; } = new(RSA.Create(2048));

    internal static SigningKey OtherRsa { get; } = new(RSA.Create(2048));

    internal static SigningKey P256 { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    internal static SigningKey P384 { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP384));

    internal static SigningKey P521 { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP521));

    internal static SigningKey Of(string algorithm) => algorithm switch { "ES256" => P256, "ES384" => P384, "ES512" => P521, _ => Rsa };

    internal JsonObject Jwk(string? keyId = null, string? use = "sig", string? algorithm = null)
    {
        var jwk = new JsonObject();
        if (_key is RSA rsa)
        {
            var parameters = rsa.ExportParameters(includePrivateParameters: false);
            jwk["kty"] = "RSA";
            jwk["n"] = Base64Url.Encode(parameters.Modulus);
            jwk["e"] = Base64Url.Encode(parameters.Exponent);
        }
        else
        {
            var parameters = ((ECDsa)_key).ExportParameters(includePrivateParameters: false);
            jwk["kty"] = "EC";
            jwk["crv"] = $"P-{_key.KeySize}";
            jwk["x"] = Base64Url.Encode(parameters.Q.X);
            jwk["y"] = Base64Url.Encode(parameters.Q.Y);
        }

        foreach (var (name, value) in new[] { ("kid", keyId), ("use", use), ("alg", algorithm) })
        {
            if (value is not null)
                jwk[name] = value;
        }

        return jwk;
    }

    /// <summary>The public key as the bytes that a careless verifier takes for the secret of HS256.</summary>
    internal byte[] PublicPem => Encoding.ASCII.GetBytes(PublicPemText);

    internal string PublicPemText => _key.ExportSubjectPublicKeyInfoPem() + "\n";

    internal string Sign(JsonObject claims, string algorithm, JsonObject? moreHeader = null)
    {
        var input = Input(claims, algorithm, moreHeader);
        var bytes = Encoding.ASCII.GetBytes(input);
        var hash = algorithm[2..] switch { "256" => HashAlgorithmName.SHA256, "384" => HashAlgorithmName.SHA384, _ => HashAlgorithmName.SHA512 };
        var padding = algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        return $"{input}.{Base64Url.Encode(_key is RSA rsa ? rsa.SignData(bytes, hash, padding) : ((ECDsa)_key).SignData(bytes, hash))}";
    }

    internal static string SignHs256(JsonObject claims, byte[] secret)
    {
        var input = Input(claims, "HS256", null);
        return $"{input}.{Base64Url.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(input)))}";
    }

    internal static string Input(JsonObject claims, string algorithm, JsonObject? moreHeader)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" };
        foreach (var (name, value) in moreHeader ?? [])
            header[name] = value?.DeepClone();
        return $"{Base64Url.Encode(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Base64Url.Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
    }
}
