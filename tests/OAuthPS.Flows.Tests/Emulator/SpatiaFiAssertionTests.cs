using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OAuthPS.Emulator;

namespace OAuthPS.Flows.Tests.Emulator;

/// <summary><c>client_secret_jwt</c>, with assertions written and signed by hand.</summary>
public sealed class SpatiaFiAssertionTests : EmulatorTest
{
    private const string Jwt = "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";
    private const string Header = """{"alg":"HS256","typ":"JWT"}""";

    // 2026-01-02T03:04:05Z, where the emulator's clock stands.
    private const long Now = 1767323045;

    private string Claims(string id = "1") => Claims(("jti", $"\"{id}\""));

    private string Claims(params (string Name, string? Json)[] changes)
    {
        var claims = new OrderedDictionary<string, string?>
        {
            ["iss"] = $"\"{DemoAccounts.SpatiaFiClientId}\"",
            ["sub"] = $"\"{DemoAccounts.SpatiaFiClientId}\"",
            ["aud"] = $"\"{Server.SpatiaFi}/api/v1/auth/jwt/token\"",
            ["jti"] = "\"1\"",
            ["iat"] = $"{Now}",
            ["exp"] = $"{Now + 300}",
        };
        foreach (var (name, json) in changes)
            claims[name] = json;
        return "{" + string.Join(',', claims.Where(claim => claim.Value is not null).Select(claim => $"\"{claim.Key}\":{claim.Value}")) + "}";
    }

    private static string Sign(string header, string claims, string secret = DemoAccounts.SpatiaFiClientSecret)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    private Task<Reply> AskWithAsync(string assertion, string more = "&client_assertion_type=" + Jwt)
        => PostFormAsync("/spatiafi/api/v1/auth/jwt/token", $"grant_type=client_credentials&client_assertion={assertion}{more}");

    private async Task AssertRefusedAsync(string reason, string assertion, string more = "&client_assertion_type=" + Jwt)
        => Assert.Equal($$"""400 {"detail":"invalid_client: {{reason}}"}""", (await AskWithAsync(assertion, more)).Shape);

    [Fact]
    public async Task An_assertion_signed_with_a_short_secret_is_taken()
        => Assert.Equal(
            """200 {"access_token":"accessToken","token_type":"bearer","expires_at":1767323945}""", (await AskWithAsync(Sign(Header, Claims()))).Shape);

    [Fact]
    public async Task The_audience_may_be_a_list_and_the_client_id_named()
        => Assert.Equal(200, (await AskWithAsync(
            Sign(Header, Claims(("aud", $"[\"https://other.example\",\"{Server.SpatiaFi}/api/v1/auth/jwt/token\"]"))),
            $"&client_assertion_type={Jwt}&client_id={DemoAccounts.SpatiaFiClientId}")).Status);

    [Fact]
    public async Task A_replayed_jti_is_refused()
    {
        await AskWithAsync(Sign(Header, Claims("once")));
        await AssertRefusedAsync("jti of client_assertion was used before.", Sign(Header, Claims(("jti", "\"once\""), ("exp", $"{Now + 200}"))));
        Assert.Equal(200, (await AskWithAsync(Sign(Header, Claims("twice")))).Status);
    }

    [Fact]
    public async Task Of_32_assertions_with_one_jti_one_wins()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => AskWithAsync(Sign(Header, Claims()))));
        Assert.Single(replies, reply => reply.Status == 200);
    }

    [Fact]
    public async Task A_wrong_signature_is_refused_and_leaves_the_jti_unused()
    {
        const string reason = "The App Credential is unknown or the signature of client_assertion is wrong.";
        await AssertRefusedAsync(reason, Sign(Header, Claims(), "another secret"));
        await AssertRefusedAsync(reason, Sign(Header, Claims(("iss", "\"unknown\""), ("sub", "\"unknown\""))));
        var good = Sign(Header, Claims());
        await AssertRefusedAsync(reason, good[..good.LastIndexOf('.')] + ".");
        Assert.Equal(200, (await AskWithAsync(good)).Status);
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"HS512","typ":"JWT"}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT"}""")]
    [InlineData("""{"typ":"JWT"}""")]
    public async Task Any_other_algorithm_is_refused(string header)
        => await AssertRefusedAsync("client_assertion must be signed with HS256.", Sign(header, Claims()));

    [Theory]
    [InlineData("iss", "\"other\"", "iss and sub of client_assertion must both be the client_id.")]
    [InlineData("iss", null, "iss and sub of client_assertion must both be the client_id.")]
    [InlineData("sub", null, "iss and sub of client_assertion must both be the client_id.")]
    [InlineData("exp", null, "exp of client_assertion is missing.")]
    [InlineData("exp", "\"1767323345\"", "exp of client_assertion is missing.")]
    [InlineData("exp", "1767323045", "client_assertion expired.")]
    [InlineData("nbf", "1767323200", "client_assertion is not valid yet.")]
    [InlineData("iat", "1767323200", "client_assertion is not valid yet.")]
    [InlineData("jti", null, "jti of client_assertion is missing.")]
    [InlineData("jti", "\"\"", "jti of client_assertion is missing.")]
    public async Task A_wrong_claim_is_refused(string claim, string? json, string reason)
        => await AssertRefusedAsync(reason, Sign(Header, Claims((claim, json))));

    [Theory]
    [InlineData(null)]
    [InlineData("\"https://auth.spatiafi.com/api/v1/auth/jwt/token\"")]
    [InlineData("[]")]
    public async Task Another_audience_is_refused(string? audience)
        => await AssertRefusedAsync($"aud of client_assertion must be {Server.SpatiaFi}/api/v1/auth/jwt/token.", Sign(Header, Claims(("aud", audience))));

    [Theory]
    [InlineData("one")]
    [InlineData("a.b")]
    [InlineData("e30.e30.e30.e30")]
    [InlineData("W10.W10.AAAA")]
    [InlineData("!!.e30.AAAA")]
    // {"alg":"\ud800"}: JSON, but no text
    [InlineData("eyJhbGciOiJcdWQ4MDAifQ.e30.AAAA")]
    public async Task What_is_no_jwt_is_refused(string assertion) => await AssertRefusedAsync("client_assertion is not a JWT.", assertion);

    [Fact]
    public async Task The_assertion_type_must_be_named()
    {
        const string reason = "client_assertion_type must be urn:ietf:params:oauth:client-assertion-type:jwt-bearer.";
        await AssertRefusedAsync(reason, Sign(Header, Claims()), "");
        await AssertRefusedAsync(reason, Sign(Header, Claims()), "&client_assertion_type=jwt-bearer");
    }

    [Fact]
    public async Task The_client_id_must_be_that_of_the_assertion()
        => await AssertRefusedAsync(
            "client_id names another client than the one that authenticates.", Sign(Header, Claims()), $"&client_assertion_type={Jwt}&client_id=other");
}
