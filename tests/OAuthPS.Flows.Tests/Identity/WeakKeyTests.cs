using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Identity;

/// <summary>Keys that are too short, or meant for something else, and signatures that have more than one text.</summary>
public sealed class WeakKeyTests : IdTokenTest
{
    private const string Weak = "is signed with an RSA key of 1024 bits, and fewer than 2048 are not accepted (RFC 7518 section 3.3)";
    private const string WrongKey = "is signed with a key the server does not publish (kid)";

    private static readonly RSA _short = RSA.Create(1024);
    private static readonly SigningKey _shortKey = new(_short);

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    public async Task A_token_signed_with_an_RSA_key_below_2048_bits_is_refused(string algorithm)
    {
        Wire.Answers(Keys(_shortKey.Jwk("k1")));

        await RefusesAsync(_shortKey.Sign(Claims, algorithm, Header("k1")), Weak, algorithm);
    }

    // Whatever makes the text of a number longer does not make the number longer.
    [Theory]
    [InlineData("with a zero byte in front")]
    [InlineData("with 200 zero bytes in front")]
    [InlineData("padded")]
    public async Task How_the_modulus_is_written_makes_a_key_no_longer(string form)
    {
        var jwk = _shortKey.Jwk("k1");
        var modulus = _short.ExportParameters(includePrivateParameters: false).Modulus!;
        jwk["n"] = form switch
        {
            "padded" => Convert.ToBase64String(modulus).Replace('+', '-').Replace('/', '_'),
            "with a zero byte in front" => Base64Url.Encode([0, .. modulus]),
            _ => Base64Url.Encode([.. new byte[200], .. modulus]),
        };
        Wire.Answers(Keys(jwk));

        await RefusesAsync(_shortKey.Sign(Claims, "RS256", Header("k1")), Weak);
    }

    [Fact]
    public async Task A_key_of_2048_bits_with_a_zero_byte_in_front_verifies()
    {
        var jwk = SigningKey.Rsa.Jwk("k1");
        jwk["n"] = Base64Url.Encode([0, .. Base64Url.Decode((string)jwk["n"]!)]);
        Wire.Answers(Keys(jwk));

        Assert.Equal("ada", await CheckAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header("k1"))));
    }

    [Theory]
    [InlineData("a JWK")]
    [InlineData("a set of keys")]
    [InlineData("a PEM")]
    [InlineData("PKCS #1")]
    [InlineData("a certificate as PEM")]
    [InlineData("a certificate")]
    [InlineData("a key")]
    public void An_RSA_key_below_2048_bits_verifies_nothing_whatever_its_form(string form)
    {
        using var certificate = Certificate(_short);
        var keys = form switch
        {
            "a JWK" => VerificationKeys.FromText(new Secret(_shortKey.Jwk().ToJsonString())),
            "a set of keys" => VerificationKeys.FromText(new Secret(new JsonObject { ["keys"] = new JsonArray(_shortKey.Jwk(), SigningKey.P256.Jwk()) }.ToJsonString())),
            "a PEM" => VerificationKeys.FromText(new Secret(_short.ExportSubjectPublicKeyInfoPem())),
            "PKCS #1" => VerificationKeys.FromText(new Secret(_short.ExportRSAPublicKeyPem())),
            "a certificate as PEM" => VerificationKeys.FromText(new Secret(certificate.ExportCertificatePem())),
            "a certificate" => VerificationKeys.FromCertificate(certificate),
            _ => VerificationKeys.FromKey(_short),
        };

        var refused = Assert.Throws<OAuthUsageException>(() => JsonWebToken.ReadVerified(new Secret(_shortKey.Sign(Claims, "RS256")), keys));

        Assert.Equal(("JwtNotVerified", $"The token {Weak}."), (refused.ErrorId, refused.WhatHappened));
    }

    [Fact]
    public void Beside_a_short_key_a_long_one_verifies()
    {
        var keys = VerificationKeys.FromText(new Secret(_short.ExportSubjectPublicKeyInfoPem() + "\n" + SigningKey.Rsa.PublicPemText));

        Assert.Equal("ada", JsonWebToken.ReadVerified(new Secret(SigningKey.Rsa.Sign(Claims, "RS256")), keys).Subject);
    }

    [Fact]
    public void A_TLS_certificate_with_an_RSA_key_below_2048_bits_is_refused()
    {
        using var certificate = Certificate(_short);

        var refused = Assert.Throws<OAuthUsageException>(() => new OAuthClient("me", certificate: certificate));

        Assert.Equal("KeyTooShort", refused.ErrorId);
    }

    [Theory]
    [InlineData("""["encrypt"]""")]
    [InlineData("""["sign"]""")]
    [InlineData("""["Verify"]""")]
    [InlineData("[]")]
    [InlineData("""["wrapKey","deriveBits"]""")]
    [InlineData("\"verify\"")]
    [InlineData("[[\"verify\"]]")]
    public async Task A_key_that_is_not_meant_to_verify_does_not(string operations)
    {
        var jwk = SigningKey.Rsa.Jwk("k1");
        jwk["key_ops"] = JsonNode.Parse(operations);
        Wire.Answers(Keys(jwk));

        await RefusesAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header("k1")), WrongKey);
        Refuses("KeyInvalid", () => VerificationKeys.FromText(new Secret(jwk.ToJsonString())));
    }

    [Theory]
    [InlineData("key_ops", """["sign"]""")]
    [InlineData("use", "\"enc\"")]
    public void A_shared_secret_that_is_not_meant_to_verify_does_not(string member, string value)
    {
        var jwk = new JsonObject { ["kty"] = "oct", ["k"] = Base64Url.Encode(new byte[32]), [member] = JsonNode.Parse(value) };

        Refuses("KeyInvalid", () => VerificationKeys.FromText(new Secret(jwk.ToJsonString())));
    }

    [Theory]
    [InlineData("""["verify"]""")]
    [InlineData("""["sign","verify"]""")]
    [InlineData("null")]
    public async Task A_key_that_is_meant_to_verify_does(string operations)
    {
        var jwk = SigningKey.Rsa.Jwk("k1");
        jwk["key_ops"] = JsonNode.Parse(operations);
        Wire.Answers(Keys(jwk));

        Assert.Equal("ada", await CheckAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header("k1"))));
    }

    [Theory]
    [InlineData("""["verify"]""", false)]
    [InlineData("""["decrypt"]""", false)]
    [InlineData("""["verify","sign"]""", true)]
    public void A_client_s_key_that_is_not_meant_to_sign_is_refused(string operations, bool signs)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        var jwk = new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64Url.Encode(parameters.Q.X),
            ["y"] = Base64Url.Encode(parameters.Q.Y),
            ["d"] = Base64Url.Encode(parameters.D),
            ["key_ops"] = JsonNode.Parse(operations),
        };

        if (signs)
            Assert.Equal("ES256", ClientKeyReader.FromText(new Secret(jwk.ToJsonString())).Algorithm);
        else
            Assert.Contains("is not meant to sign (key_ops)", Refuses("KeyInvalid", () => ClientKeyReader.FromText(new Secret(jwk.ToJsonString()))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bits at its end that mean nothing")]
    [InlineData("padding")]
    [InlineData("the alphabet of base64")]
    [InlineData("a line break")]
    public async Task A_signature_has_one_text(string form)
    {
        var (token, signature) = TokenWith(form == "the alphabet of base64");
        Wire.Answers(Keys(SigningKey.Rsa.Jwk("k1")));
        Assert.Equal("ada", await CheckAsync(token));
        var other = form switch
        {
            "padding" => signature.PadRight((signature.Length + 3) / 4 * 4, '='),
            "the alphabet of base64" => signature.Replace('-', '+').Replace('_', '/'),
            "a line break" => signature + "\n",
            _ => signature[..^1] + Next(signature[^1]),
        };
        Assert.NotEqual(signature, other);

        await RefusesAsync(token[..^signature.Length] + other, "is not a JWT");
        Assert.False(Jwt.JwtVerifier.IsSignedWith(token[..^signature.Length] + other, SigningKey.Rsa.Jwk().ToJsonString(), "RS256"));
        Refuses("JwtInvalid", () => JsonWebToken.Read(new Secret(token[..^signature.Length] + other)));
    }

    // 2048 bits are 342 characters, of whose last one the lowest four bits mean nothing.
    private static char Next(char last)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return Alphabet[Alphabet.IndexOf(last, StringComparison.Ordinal) + 1];
    }

    private (string Token, string Signature) TokenWith(bool bothAlphabets)
    {
        while (true)
        {
            // PS256 would do it by itself; PKCS #1 signs the same each time.
            var claims = Claims;
            claims["jti"] = Guid.NewGuid().ToString();
            var token = SigningKey.Rsa.Sign(claims, "RS256", Header("k1"));
            var signature = token[(token.LastIndexOf('.') + 1)..];
            if (!bothAlphabets || signature.Contains('-', StringComparison.Ordinal) || signature.Contains('_', StringComparison.Ordinal))
                return (token, signature);
        }
    }

    private static X509Certificate2 Certificate(RSA key) => new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

    private static OAuthUsageException Refuses(string errorId, Action action)
    {
        var refused = Assert.Throws<OAuthUsageException>(action);
        Assert.Equal(errorId, refused.ErrorId);
        return refused;
    }
}
