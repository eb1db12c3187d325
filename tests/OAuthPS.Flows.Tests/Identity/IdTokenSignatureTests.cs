using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OAuthPS.Flows.Jose;

namespace OAuthPS.Flows.Tests.Identity;

/// <summary>Who signed an ID token, and with what.</summary>
public class IdTokenSignatureTests : IdTokenTest
{
    private const string WrongSignature = "has a signature that does not fit";
    private const string WrongAlgorithm = "is signed with an algorithm that was not expected (alg)";
    private const string WrongKey = "is signed with a key the server does not publish (kid)";

    public static TheoryData<string> Algorithms { get; } = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_token_that_the_server_signed_is_taken(string algorithm)
    {
        var key = SigningKey.Of(algorithm);
        Wire.Answers(Keys(key.Jwk("k1")));

        Assert.Equal("ada", await CheckAsync(key.Sign(ClaimsFor(algorithm), algorithm, Header("k1")), algorithm));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_token_that_was_changed_is_refused(string algorithm)
    {
        var key = SigningKey.Of(algorithm);
        Wire.Answers(Keys(key.Jwk("k1")));
        var parts = key.Sign(ClaimsFor(algorithm), algorithm, Header("k1")).Split('.');
        var claims = ClaimsFor(algorithm);
        claims["sub"] = "eve";
        var forged = SigningKey.Input(claims, algorithm, Header("k1"));

        await RefusesAsync($"{forged}.{parts[2]}", WrongSignature, algorithm);
        await RefusesAsync($"{parts[0]}.{parts[1]}.{(parts[2][0] == 'A' ? 'B' : 'A')}{parts[2][1..]}", WrongSignature, algorithm);
        await RefusesAsync($"{parts[0]}.{parts[1]}.", WrongSignature, algorithm);
        await RefusesAsync($"{parts[0]}.{parts[1]}.{Base64Url.Encode(new byte[64])}", WrongSignature, algorithm);
    }

    [Fact]
    public async Task A_token_that_another_key_signed_is_refused()
    {
        Wire.Answers(Keys(SigningKey.Rsa.Jwk("k1")));

        await RefusesAsync(SigningKey.OtherRsa.Sign(Claims, "RS256", Header("k1")), WrongSignature);
    }

    [Theory]
    [InlineData("none", "")]
    [InlineData("none", "c2lnbmF0dXJl")]
    [InlineData("None", "")]
    [InlineData("NONE", "")]
    [InlineData("", "")]
    public async Task A_token_that_nobody_signed_is_refused_whatever_the_server_lists(string algorithm, string signature)
    {
        await RefusesAsync($"{SigningKey.Input(Claims, algorithm, null)}.{signature}", WrongAlgorithm, "none", "None", "NONE", "", "RS256");
        Assert.Empty(Wire.Requests);
    }

    [Fact]
    public async Task A_shared_secret_signs_for_nobody()
    {
        Wire.Otherwise(_ => Keys(SigningKey.Rsa.Jwk()));

        await RefusesAsync(SigningKey.SignHs256(Claims, SigningKey.Rsa.PublicPem), WrongAlgorithm, "HS256", "RS256");
        await RefusesAsync(SigningKey.SignHs256(Claims, Encoding.UTF8.GetBytes(SigningKey.Rsa.Jwk().ToJsonString())), WrongAlgorithm, "HS256", "RS256");
        await RefusesAsync(SigningKey.SignHs256(Claims, Encoding.UTF8.GetBytes(Given.ClientSecret)), WrongAlgorithm, "HS256", "RS256");
    }

    [Fact]
    public async Task An_algorithm_that_the_client_did_not_expect_is_refused()
    {
        Wire.Otherwise(_ => Keys(SigningKey.Rsa.Jwk(), SigningKey.P256.Jwk()));

        await RefusesAsync(SigningKey.Rsa.Sign(Claims, "RS512"), WrongAlgorithm);
        await RefusesAsync(SigningKey.Rsa.Sign(Claims, "PS256"), WrongAlgorithm);
        await RefusesAsync(SigningKey.P256.Sign(Claims, "ES256"), WrongAlgorithm);
    }

    [Fact]
    public async Task A_curve_has_one_algorithm()
    {
        Wire.Otherwise(_ => Keys(SigningKey.P384.Jwk("k1")));

        await RefusesAsync(SigningKey.P384.Sign(Claims, "ES256", Header("k1")), WrongKey, "ES256");
    }

    [Fact]
    public async Task A_key_for_encryption_or_for_another_algorithm_signs_nothing()
    {
        Wire.Otherwise(_ => Keys(SigningKey.Rsa.Jwk("k1", use: "enc"), SigningKey.OtherRsa.Jwk("k2", algorithm: "RS512")));

        await RefusesAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header("k1")), WrongKey);
        await RefusesAsync(SigningKey.OtherRsa.Sign(Claims, "RS256", Header("k2")), WrongKey);
    }

    [Theory]
    [InlineData("crit", "[\"exp\"]", "demands an extension that is not known (crit)")]
    [InlineData("crit", "[\"b64\"]", "demands an extension that is not known (crit)")]
    [InlineData("kid", "7", "names its key by something that is no text (kid)")]
    [InlineData("kid", "null", "names its key by something that is no text (kid)")]
    public async Task A_header_that_cannot_be_obeyed_is_refused(string name, string json, string flaw)
    {
        Wire.Answers(Keys(SigningKey.Rsa.Jwk()));

        await RefusesAsync(SigningKey.Rsa.Sign(Claims, "RS256", new() { [name] = JsonNode.Parse(json) }), flaw);
    }

    [Fact]
    public async Task A_key_that_the_token_brings_with_it_is_not_believed()
    {
        Wire.Otherwise(_ => Keys(SigningKey.Rsa.Jwk()));
        var header = new JsonObject { ["jwk"] = SigningKey.OtherRsa.Jwk(), ["jku"] = "https://evil.example/keys" };

        await RefusesAsync(SigningKey.OtherRsa.Sign(Claims, "RS256", header), WrongSignature);
        Assert.Single(Wire.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30")]
    [InlineData("e30.e30.e30.e30.e30")]
    [InlineData("W10.W10.AA")]
    [InlineData("e30=.e30=.AA")]
    public async Task What_is_no_JWT_is_refused(string token)
    {
        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => CheckAsync(token));
        Assert.Equal("IdTokenInvalid", failure.ErrorId);
    }

    private JsonObject ClaimsFor(string algorithm)
    {
        var claims = Claims;
        var bytes = Encoding.ASCII.GetBytes(AccessToken);
        var hash = algorithm[2..] switch { "256" => SHA256.HashData(bytes), "384" => SHA384.HashData(bytes), _ => SHA512.HashData(bytes) };
        claims["at_hash"] = Base64Url.Encode(hash.AsSpan(0, hash.Length / 2));
        return claims;
    }
}
