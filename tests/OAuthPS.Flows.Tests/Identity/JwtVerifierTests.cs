using System.Security.Cryptography;
using System.Text;
using OAuthPS.Flows.Jose;
using OAuthPS.Jwt;

namespace OAuthPS.Flows.Tests.Identity;

/// <summary>The one assembly that knows Microsoft.IdentityModel: what it signs it verifies, and nothing else.</summary>
public sealed class JwtVerifierTests
{
    private static readonly string[] _all = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
    private static readonly RSA _rsa = RSA.Create(2048);

    public static TheoryData<string> Algorithms { get; } = [.. _all];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void What_is_signed_with_an_algorithm_verifies_with_that_one_and_that_key_alone(string algorithm)
    {
        using var other = Create(algorithm);
        using var key = Create(algorithm);
        var jwt = JwtSigner.Sign("""{"sub":"ada"}""", key, "k", algorithm);

        Assert.Equal([algorithm], _all.Append("none").Append("HS256").Where(tried => JwtVerifier.IsSignedWith(jwt, Jwk(key), tried)));
        Assert.False(JwtVerifier.IsSignedWith(jwt, Jwk(other), algorithm));
        var forged = JwtSigner.Sign("""{"sub":"eve"}""", other, "k", algorithm);
        Assert.False(JwtVerifier.IsSignedWith(forged[..forged.LastIndexOf('.')] + jwt[jwt.LastIndexOf('.')..], Jwk(key), algorithm));
    }

    [Theory]
    [InlineData("HS256", 32)]
    [InlineData("HS384", 48)]
    [InlineData("HS512", 64)]
    public void A_shared_secret_of_any_length_verifies_with_its_algorithm_alone(string algorithm, int size)
    {
        byte[] secret = [1];
        var input = Header($$"""{"alg":"{{algorithm}}"}""") + "." + Base64Url.Encode("{}"u8);
        var signed = Encoding.ASCII.GetBytes(input);
        var mac = size switch { 32 => HMACSHA256.HashData(secret, signed), 48 => HMACSHA384.HashData(secret, signed), _ => HMACSHA512.HashData(secret, signed) };
        var jwt = $"{input}.{Base64Url.Encode(mac)}";

        Assert.Equal([algorithm], _all.Concat(["none", "HS256", "HS384", "HS512"]).Where(tried => JwtVerifier.IsSignedWithSecret(jwt, secret, tried)));
        Assert.False(JwtVerifier.IsSignedWithSecret(jwt, [2], algorithm));
    }

    [Theory]
    [InlineData("""{"exp":"soon","aud":{},"iss":[7]}""")]
    [InlineData("[]")]
    [InlineData("not JSON")]
    [InlineData("")]
    public void A_signature_holds_whatever_is_signed(string claims) =>
        Assert.True(JwtVerifier.IsSignedWith(Signed(Header("""{"alg":"RS256"}""") + "." + Base64Url.Encode(Encoding.UTF8.GetBytes(claims))), Jwk(_rsa), "RS256"));

    [Theory]
    [InlineData("""{"alg":7}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":null}""")]
    [InlineData("""["RS256"]""")]
    [InlineData("RS256")]
    [InlineData("")]
    public void A_header_without_the_algorithm_is_refused_though_the_signature_fits(string header) =>
        Assert.False(JwtVerifier.IsSignedWith(Signed(Header(header) + ".e30"), Jwk(_rsa), "RS256"));

    [Theory]
    [InlineData("")]
    [InlineData(".e30.e30")]
    public void A_JWS_has_three_parts(string claims) =>
        Assert.False(JwtVerifier.IsSignedWith(Signed(Header("""{"alg":"RS256"}""") + claims), Jwk(_rsa), "RS256"));

    private static AsymmetricAlgorithm Create(string algorithm) => algorithm switch
    {
        "ES256" => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        "ES384" => ECDsa.Create(ECCurve.NamedCurves.nistP384),
        "ES512" => ECDsa.Create(ECCurve.NamedCurves.nistP521),
        _ => RSA.Create(2048),
    };

    private static string Header(string json) => Base64Url.Encode(Encoding.UTF8.GetBytes(json));

    private static string Signed(string input) =>
        $"{input}.{Base64Url.Encode(_rsa.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";

    private static string Jwk(AsymmetricAlgorithm key)
    {
        if (key is RSA rsa)
        {
            var numbers = rsa.ExportParameters(false);
            return $$"""{"kty":"RSA","n":"{{Base64Url.Encode(numbers.Modulus)}}","e":"{{Base64Url.Encode(numbers.Exponent)}}"}""";
        }

        var point = ((ECDsa)key).ExportParameters(false).Q;
        return $$"""{"kty":"EC","crv":"P-{{key.KeySize}}","x":"{{Base64Url.Encode(point.X)}}","y":"{{Base64Url.Encode(point.Y)}}"}""";
    }
}
