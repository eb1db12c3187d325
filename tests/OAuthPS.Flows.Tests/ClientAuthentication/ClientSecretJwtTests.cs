using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.ClientAuthentication;

/// <summary>RFC 7523 section 2.2 and 3, as SpatiaFi wants it.</summary>
public class ClientSecretJwtTests
{
    public static TheoryData<string> Secrets()
    {
        var data = new TheoryData<string>();
        foreach (var length in new[] { 1, 12, 15, 16, 31, 32, 63, 64, 65, 200 })
            data.Add(new string('k', length));
        data.Add("ключ");
        data.Add("schlüssel-€-😀");
        data.Add(string.Concat(Enumerable.Repeat("€", 40)));
        data.Add("\u0001\"\\ nul\0inside");
        return data;
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task The_signature_is_the_HMAC_SHA256_of_the_secrets_own_bytes_whatever_their_number(string secret)
    {
        var assertion = await SendAsync(secret);

        Assert.Equal(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), assertion.SignedPart), assertion.Signature);
    }

    [Fact]
    public async Task The_assertion_has_the_claims_that_the_specification_demands()
    {
        var assertion = await SendAsync("client secret");

        Assert.Equal("HS256", assertion.Header.GetProperty("alg").GetString());
        Assert.Equal("JWT", assertion.Header.GetProperty("typ").GetString());
        Assert.Equal("client id", assertion.Claims.GetProperty("iss").GetString());
        Assert.Equal("client id", assertion.Claims.GetProperty("sub").GetString());
        Assert.Equal("https://auth.spatiafi.com/api/v1/auth/jwt/token", assertion.Claims.GetProperty("aud").GetString());
        Assert.Equal(1767323045, assertion.Claims.GetProperty("iat").GetInt64());
        Assert.Equal(1767323045 + 300, assertion.Claims.GetProperty("exp").GetInt64());
        Assert.True(assertion.Claims.GetProperty("jti").GetString()!.Length >= 16);
        Assert.Equal(["aud", "exp", "iat", "iss", "jti", "sub"], assertion.Claims.EnumerateObject().Select(claim => claim.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_two_requests_share_a_jti()
    {
        var wire = new Wire().Otherwise(_ => Given.Token("token"));
        var session = await wire.ConnectAsync(Given.SpatiaFi);
        for (var i = 0; i < 20; i++)
            await session.RenewAsync();

        var ids = wire.Requests.Select(request => SentAssertion.Of(request).Claims.GetProperty("jti").GetString()).ToList();

        Assert.Equal(21, ids.Distinct().Count());
    }

    [Fact]
    public async Task The_audience_is_the_token_endpoint_that_is_asked_also_where_the_service_is_moved()
    {
        var wire = new Wire().Answers(Given.Token("token"));

        await wire.ConnectAsync(Given.SpatiaFi with { ServiceUrl = new Uri("http://127.0.0.1:5010/spatiafi") });

        Assert.Equal(
            "http://127.0.0.1:5010/spatiafi/api/v1/auth/jwt/token",
            SentAssertion.Of(wire.LastRequest).Claims.GetProperty("aud").GetString());
    }

    [Theory]
    [InlineData("id \"with\" \\ everything: ä€😀</script>")]
    [InlineData("2026-01-02T03:04:05Z")]
    [InlineData("12345678901234567890")]
    public async Task An_awkward_client_id_arrives_as_it_is(string clientId)
    {
        var wire = new Wire().Answers(Given.Token("token"));

        await wire.ConnectAsync(Given.SpatiaFi with { Client = new OAuthClient(clientId, new Secret("s")) });

        var issuer = SentAssertion.Of(wire.LastRequest).Claims.GetProperty("iss");
        Assert.Equal(JsonValueKind.String, issuer.ValueKind);
        Assert.Equal(clientId, issuer.GetString());
    }

    [Fact]
    public async Task Neither_the_secret_nor_the_assertion_is_logged()
    {
        var wire = new Wire().Answers(Given.Token("token"));

        await wire.ConnectAsync(Given.SpatiaFi);

        NoSecret.In(wire.Log, Given.ClientSecret, SentAssertion.Of(wire.LastRequest).Jwt);
        Assert.Contains("client_assertion=***", wire.Log.Text, StringComparison.Ordinal);
    }

    private static async Task<SentAssertion> SendAsync(string secret)
    {
        var wire = new Wire().Answers(Given.Token("token"));
        await wire.ConnectAsync(Given.SpatiaFi with { Client = new OAuthClient("client id", new Secret(secret)) });
        return SentAssertion.Of(wire.LastRequest);
    }
}
