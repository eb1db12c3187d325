using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Tests.Identity;

/// <summary>JWTs as they are read and verified for somebody who wants to see them.</summary>
public sealed class JsonWebTokenTests : IdTokenTest
{
    // RFC 7515 appendix A.1.1: the claims of the three examples.
    private static readonly DateTimeOffset _expiry = new(2011, 3, 22, 18, 43, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Rfc7515.Hs256, Rfc7515.Hs256Key, "HS256")]
    [InlineData(Rfc7515.Rs256, Rfc7515.Rs256Key, "RS256")]
    [InlineData(Rfc7515.Es256, Rfc7515.Es256Key, "ES256")]
    public void The_examples_of_RFC_7515_are_verified_by_their_keys_and_by_no_other(string jwt, string key, string algorithm)
    {
        var read = JsonWebToken.ReadVerified(new Secret(jwt), VerificationKeys.FromText(new Secret(key)));

        Assert.Equal((algorithm, "joe", _expiry, "the key given"), (read.Algorithm, read.Issuer, read.Time("exp"), read.VerifiedBy));
        Assert.True(read.Claims.GetProperty("http://example.com/is_root").GetBoolean());
        foreach (var other in new[] { Rfc7515.Hs256Key, Rfc7515.Rs256Key, Rfc7515.Es256Key }.Where(other => other != key))
            Refuses("JwtNotVerified", () => JsonWebToken.ReadVerified(new Secret(jwt), VerificationKeys.FromText(new Secret(other))));
        var forged = jwt.Replace("LA0K", "LA0L", StringComparison.Ordinal);
        Assert.NotEqual(jwt, forged);
        Assert.ThrowsAny<OAuthUsageException>(() => JsonWebToken.ReadVerified(new Secret(forged), VerificationKeys.FromText(new Secret(key))));
    }

    // RFC 7515 appendix A.2.1: PKCS #1 gives the same signature each time, so the signer's can be compared.
    [Fact]
    public void The_signature_of_RFC_7515_appendix_A_2_is_made_again()
    {
        var key = (RSA)ClientKeyReader.FromText(new Secret(Rfc7515.Rs256Key)).Key;

        var signature = key.SignData(Encoding.ASCII.GetBytes($"eyJhbGciOiJSUzI1NiJ9.{Rfc7515.Claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        Assert.Equal(Rfc7515.Rs256Signature, Base64Url.Encode(signature));
    }

    [Fact]
    public void What_is_only_read_is_not_verified()
    {
        var read = JsonWebToken.Read(new Secret(Rfc7515.Rs256));

        Assert.Null(read.VerifiedBy);
        Assert.Equal(("joe", _expiry), (read.Issuer, read.Time("exp")));
        Assert.Null(read.Time("iat"));
    }

    [Theory]
    [InlineData("a PEM")]
    [InlineData("PKCS #1")]
    [InlineData("a certificate as PEM")]
    [InlineData("a certificate as DER")]
    [InlineData("a set of keys")]
    [InlineData("a certificate")]
    [InlineData("a key")]
    public void A_public_key_verifies_whatever_its_form(string form)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var set = new JsonObject { ["keys"] = new JsonArray(SigningKey.P256.Jwk("k2"), SigningKey.Rsa.Jwk("k1"), JsonNode.Parse("""{"kty":"OKP","crv":"Ed25519"}"""), 7) }.ToJsonString();
        var keys = form switch
        {
            "a PEM" => FromFile("one\n" + SigningKey.P256.PublicPemText + key.ExportSubjectPublicKeyInfoPem()),
            "PKCS #1" => FromFile(key.ExportRSAPublicKeyPem()),
            "a certificate as PEM" => VerificationKeys.FromText(new Secret(certificate.ExportCertificatePem())),
            "a certificate as DER" => FromFile(certificate.Export(X509ContentType.Cert)),
            "a set of keys" => FromFile(set),
            "a certificate" => VerificationKeys.FromCertificate(certificate),
            _ => VerificationKeys.FromKey(key),
        };
        var jwt = form == "a set of keys"
            ? SigningKey.Rsa.Sign(Claims, "RS512", Header("k1"))
            : new ClientKey(key, "any").Sign(Claims.ToJsonString(), "PS256");

        Assert.Equal(Issuer, JsonWebToken.ReadVerified(new Secret(jwt), keys).Issuer);
        Refuses("JwtNotVerified", () => JsonWebToken.ReadVerified(new Secret(SigningKey.OtherRsa.Sign(Claims, "RS256", Header("k1"))), keys));
    }

    [Fact]
    public void A_shared_secret_verifies_what_it_signed_and_a_public_key_is_no_secret()
    {
        var jwt = new Secret(SigningKey.SignHs256(Claims, Encoding.UTF8.GetBytes("s3cr3t")));

        Assert.Equal(Issuer, JsonWebToken.ReadVerified(jwt, VerificationKeys.FromSecret(new Secret("s3cr3t"))).Issuer);
        Refuses("JwtNotVerified", () => JsonWebToken.ReadVerified(jwt, VerificationKeys.FromSecret(new Secret("other"))));
        var pem = SigningKey.Rsa.PublicPem;
        Refuses("JwtNotVerified", () => JsonWebToken.ReadVerified(new Secret(SigningKey.SignHs256(Claims, pem)), VerificationKeys.FromText(new Secret(Encoding.ASCII.GetString(pem)))));
        Refuses("JwtNotVerified", () => JsonWebToken.ReadVerified(new Secret($"{SigningKey.Input(Claims, "none", null)}."), VerificationKeys.FromSecret(new Secret("s3cr3t"))));
    }

    [Fact]
    public async Task An_issuer_verifies_with_the_keys_that_it_publishes()
    {
        Wire.Answers(Wire.Json($$"""{"issuer":"{{Issuer}}","jwks_uri":"{{Issuer}}/keys"}"""), Keys(SigningKey.P256.Jwk("k1")));

        var read = await IssuedToken.ReadAsync(new Secret(SigningKey.P256.Sign(Claims, "ES256", Header("k1"))), Issuer, Wire.Transport);

        Assert.Equal((Issuer, "ada"), (read.VerifiedBy, read.Subject));
        var claims = Claims;
        claims["iss"] = "https://other.example.com";
        foreach (var bad in new[] { SigningKey.P256.Sign(claims, "ES256", Header("k1")), SigningKey.Rsa.Sign(Claims, "RS256", Header("k1")), $"{SigningKey.Input(Claims, "none", null)}." })
        {
            var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => IssuedToken.ReadAsync(new Secret(bad), Issuer, Wire.Transport));
            Assert.Equal("JwtNotVerified", refused.ErrorId);
            NoSecret.In(refused, bad);
        }
    }

    [Theory]
    [InlineData("opaque-token-1", "is not a JWT")]
    [InlineData("", "is not a JWT")]
    [InlineData("a.b", "is not a JWT")]
    [InlineData("a.b.c.d.e.f.g", "is not a JWT")]
    [InlineData("eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d", "is encrypted (a JWE, RFC 7516), and only whom it is for can read it")]
    [InlineData("a.b.c", "has a header that is not a JSON object")]
    [InlineData("W10.e30.AA", "has a header that is not a JSON object")]
    [InlineData("e30.bnVsbA.AA", "has a payload that is not a JSON object")]
    [InlineData("e30.e30.A=", "has a signature that is not base64url")]
    public void What_is_no_JWT_is_told_apart(string token, string flaw) =>
        Assert.Equal($"The token {flaw}.", Refuses("JwtInvalid", () => JsonWebToken.Read(new Secret(token))).WhatHappened);

    [Fact]
    public void What_two_readers_may_take_differently_is_refused()
    {
        Flawed("""{"sub":"ada","sub":"eve"}""", "has a member twice");
        Flawed("""{"a":[{"b":1,"b":1}]}""", "has a member twice");
        Flawed("""{"s\u0075b":"ada","sub":"eve"}""", "has a member twice");
        Flawed("""{"sub":"\ud800"}""", "has text that is not Unicode");
        Flawed("""{"\udc00":1}""", "has text that is not Unicode");
        Flawed((byte[])[.. "{\"sub\":\""u8, 0xC3, 0x28, .. "\"}"u8], "has text that is not Unicode");
        Flawed("{\"a\":" + new string('[', 100) + new string(']', 100) + "}", "is not a JSON object");
        Assert.Equal("The token is longer than a mebibyte.", Refuses("JwtInvalid", () => JsonWebToken.Read(new Secret(new string('a', 1024 * 1024 + 1)))).WhatHappened);

        static void Flawed(object payload, string flaw) => Assert.Equal(
            $"The token has a payload that {flaw}.",
            Refuses("JwtInvalid", () => JsonWebToken.Read(new Secret($"e30.{Base64Url.Encode(payload as byte[] ?? Encoding.UTF8.GetBytes((string)payload))}.AA"))).WhatHappened);
    }

    [Theory]
    [InlineData("253402300799")]
    [InlineData("1e300")]
    [InlineData("-1e300")]
    [InlineData("\"1300819380\"")]
    [InlineData("null")]
    public void A_time_outside_of_the_calendar_is_none(string exp) =>
        Assert.Null(JsonWebToken.Read(new Secret($"e30.{Base64Url.Encode(Encoding.UTF8.GetBytes($$"""{"exp":{{exp}}}"""))}.AA")).Time("exp"));

    [Theory]
    [InlineData("{\"keys\":[]}")]
    [InlineData("{\"kty\":\"OKP\"}")]
    [InlineData("{")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    [InlineData("canary")]
    [InlineData("")]
    public void What_has_no_key_to_verify_with_says_so(string content) => Refuses("KeyInvalid", () => FromFile(content));

    [Fact]
    public void Damaged_tokens_and_keys_are_read_or_typed_errors_and_nothing_else()
    {
        const int seed = 20261126;
        var random = new Random(seed);
        string[] pieces = [".", "..", "=", "e30", "bnVsbA", "eyJhbGciOiJub25lIn0", "\0", "\"kty\":\"EC\",", "\"n\":\"\",", "\"crv\":7,", "{", "}", "\\ud800", "-----END"];
        byte[][] tokens = [Encoding.ASCII.GetBytes(Rfc7515.Hs256), Encoding.ASCII.GetBytes(Rfc7515.Es256), Encoding.ASCII.GetBytes(Rfc7515.Rs256)];
        byte[][] keys = [Encoding.UTF8.GetBytes(SigningKey.P256.Jwk("k").ToJsonString()), Encoding.UTF8.GetBytes(SigningKey.Rsa.Jwk().ToJsonString()), SigningKey.Rsa.PublicPem, Encoding.UTF8.GetBytes(Rfc7515.Hs256Key)];
        var valid = new[] { SigningKey.P256.Sign(Claims, "ES256"), SigningKey.Rsa.Sign(Claims, "PS256"), Rfc7515.Hs256 };
        for (var number = 0; number < 6_000; number++)
        {
            var (token, key) = number % 2 == 0
                ? (Mutation.Of(tokens[random.Next(tokens.Length)], pieces, random), keys[random.Next(keys.Length)])
                : (Encoding.ASCII.GetBytes(valid[random.Next(valid.Length)]), Mutation.Of(keys[random.Next(keys.Length)], pieces, random));
            var (tokenText, keyText) = (Encoding.Latin1.GetString(token), Encoding.Latin1.GetString(key));
            var failure = Record.Exception(() => { _ = JsonWebToken.Read(new Secret(tokenText)); _ = JsonWebToken.ReadVerified(new Secret(tokenText), VerificationKeys.FromText(new Secret(keyText))); });
            Assert.True(failure is null or OAuthException, $"Seed {seed}, number {number}, token {tokenText}, key {keyText}: {failure}");
        }
    }

    private static OAuthUsageException Refuses(string errorId, Func<object> read)
    {
        var refused = Assert.Throws<OAuthUsageException>(() => { _ = read(); });
        Assert.Equal(errorId, refused.ErrorId);
        NoSecret.In(refused, "canary", Rfc7515.Hs256, Rfc7515.Rs256, Rfc7515.Es256);
        return refused;
    }

    private static VerificationKeys FromFile(string content) => FromFile(Encoding.UTF8.GetBytes(content));

    private static VerificationKeys FromFile(byte[] content)
    {
        var folder = Directory.CreateTempSubdirectory("OAuthPS-");
        try
        {
            var path = Path.Combine(folder.FullName, "key");
            File.WriteAllBytes(path, content);
            return VerificationKeys.FromFile(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
