using System.Text.Json.Nodes;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.Tests.Interaction;

namespace OAuthPS.Flows.Tests.Identity;

/// <summary>A sign-in at an address for many tenants, as Microsoft Entra has at <c>common</c>.</summary>
public class TenantSignInTests : IdTokenTest
{
    private const string Common = "https://login.example.com/common/v2.0";
    private const string OfTenant = "https://login.example.com/7a1b/v2.0";

    private static readonly ConnectRequest _request = new()
    {
        Provider = new() { Name = "Example", Issuer = Common },
        Client = new(ClientId),
        Flow = OAuthFlow.AuthorizationCode,
        Scope = ["openid"],
    };

    [Fact]
    public async Task The_session_shows_who_signed_in_and_where()
    {
        var run = await StartAsync();
        Wire.Answers(Token(Signed(OfTenant, "7a1b", run.Sent("nonce"))), Keys(SigningKey.Rsa.Jwk("k1")));

        await run.AnswerWithCodeAsync();
        var session = await run.Session;

        Assert.Equal(("ada", Common), (session.Subject, session.Issuer));
    }

    [Theory]
    [InlineData("https://login.example.com/other/v2.0", "7a1b")]
    [InlineData(Common, "7a1b")]
    public async Task A_token_of_another_tenant_than_it_names_is_refused(string issuer, string tenant)
    {
        var run = await StartAsync();
        Wire.Answers(Token(Signed(issuer, tenant, run.Sent("nonce"))), Keys(SigningKey.Rsa.Jwk("k1")));

        await run.AnswerWithCodeAsync();

        Assert.Equal("IdTokenInvalid", (await Assert.ThrowsAsync<OAuthProtocolException>(() => run.Session)).ErrorId);
    }

    // RFC 9207: the response names the tenant's issuer.
    [Theory]
    [InlineData(OfTenant, true)]
    [InlineData(Common, true)]
    [InlineData("https://login.example.com/7a1b/v1.0", false)]
    [InlineData("https://evil.example/7a1b/v2.0", false)]
    public async Task The_response_may_name_the_tenants_issuer_and_no_other_servers(string named, bool isTaken)
    {
        var run = await StartAsync();
        Wire.Answers(Token(Signed(OfTenant, "7a1b", run.Sent("nonce"))), Keys(SigningKey.Rsa.Jwk("k1")));

        await run.AnswerAsync($"code=c&state={run.State}&iss={Uri.EscapeDataString(named)}");
        var posted = isTaken && (await run.Session) is not null;

        Assert.Equal(isTaken, posted || Wire.Requests.Count > 1);
    }

    [Fact]
    public async Task An_access_token_of_a_tenant_is_tested_and_read_by_the_address_for_all()
    {
        Wire.Answers(Metadata, Keys(SigningKey.Rsa.Jwk("k1")));
        var token = new Secret(Signed(OfTenant, "7a1b", null));
        var other = new Secret(Signed("https://login.example.com/other/v2.0", "7a1b", null));

        Assert.True((await AccessTokenTest.RunAsync(Common, token, transport: Wire.Transport)).IsActive);
        Assert.Equal(Common, (await IssuedToken.ReadAsync(token, Common, Wire.Transport)).VerifiedBy);
        Assert.False((await AccessTokenTest.RunAsync(Common, other, transport: Wire.Transport)).IsActive);
        Assert.Equal("JwtNotVerified", (await Assert.ThrowsAnyAsync<OAuthException>(() => IssuedToken.ReadAsync(other, Common, Wire.Transport))).ErrorId);
    }

    private static string Metadata { get; } = Wire.Json("""
        {"issuer":"https://login.example.com/{tenantid}/v2.0","authorization_endpoint":"https://login.example.com/common/authorize",
        "token_endpoint":"https://login.example.com/common/token","jwks_uri":"https://login.example.com/common/keys",
        "response_types_supported":["code","id_token"]}
        """);

    private async Task<SignInRun> StartAsync()
    {
        Wire.Answers(Metadata);
        return await SignInRun.StartAsync(_request, wire: Wire);
    }

    private string Signed(string issuer, string tenant, string? nonce)
    {
        var claims = Claims;
        (claims["iss"], claims["tid"], claims["nonce"]) = (issuer, tenant, nonce);
        return SigningKey.Rsa.Sign(claims, "RS256", Header("k1"));
    }

    private static string Token(string idToken) => Wire.Json(new JsonObject
    {
        ["access_token"] = AccessToken,
        ["token_type"] = "Bearer",
        ["id_token"] = idToken,
    }.ToJsonString());
}
