using System.Text.Json.Nodes;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.Tests.Identity;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>Whether a token is good, why, and until when (RFC 7662, RFC 9068).</summary>
public sealed class TokenTestTests
{
    private const string Issuer = "https://login.example.com";

    private static readonly OAuthProvider _asks = BuiltInProviders.Get("SpatiaFi") with
    {
        IntrospectionEndpoint = "https://auth.example.com/introspect",
        ClientAuthentications = [ClientAuthenticationMethod.Basic],
    };

    private Wire Wire { get; } = new();

    private long Now => Wire.Clock.GetUtcNow().ToUnixTimeSeconds();

    private JsonObject Claims => new()
    {
        ["iss"] = Issuer,
        ["sub"] = "ada",
        ["aud"] = new JsonArray("https://api.example.com", "https://other.example.com"),
        ["exp"] = Now + 600,
        ["client_id"] = "me",
        ["scope"] = "read write",
    };

    [Fact]
    public async Task The_server_is_asked_by_the_client_as_it_authenticates_everywhere()
    {
        var session = await ConnectAsync();
        Wire.Answers(Wire.Json("""
            {"active":true,"scope":"read","client_id":"client id","username":"Ada","sub":"ada","aud":"https://api.example.com","iss":"https://auth.example.com","exp":1767326645}
            """));

        var test = await session.TestTokenAsync(log: Wire.Log);

        Assert.Equal("""
            POST https://auth.example.com/introspect
            Authorization: Basic Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            token=access-1&token_type_hint=access_token
            """, Wire.LastRequest);
        Assert.Equal((true, TokenTestMethod.Introspection, "The server says that it is active."), (test.IsActive, test.Method, test.Reason));
        Assert.Equal(("ada", "Ada", "read", "client id", "https://auth.example.com"), (test.Subject, test.UserName, test.Scope, test.ClientId, test.Issuer));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1767326645), test.ExpiresAt);
        NoSecret.In(Wire.Log, "access-1", Given.ClientSecret);
    }

    [Fact]
    public async Task A_token_that_is_not_active_is_no_error()
    {
        var session = await ConnectAsync();
        Wire.Answers(Wire.Json("""{"active":false}"""));

        var test = await session.TestTokenAsync(new Secret("some-token"));

        Assert.False(test.IsActive);
        Assert.Equal("The server says that it is not active: it has expired, was revoked, or is none of its own.", test.Reason);
        Assert.Null(test.ExpiresAt);
        Assert.EndsWith("\n\ntoken=some-token", Wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_for_another_audience_is_not_good()
    {
        var session = await ConnectAsync();
        Wire.Otherwise(_ => Wire.Json("""{"active":true,"aud":["https://api.example.com"]}"""));

        Assert.True((await session.TestTokenAsync(audience: "https://api.example.com")).IsActive);
        var test = await session.TestTokenAsync(audience: "https://other.example.com");
        Assert.False(test.IsActive);
        Assert.Contains("another audience (aud)", test.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_try_brings_an_assertion_of_its_own()
    {
        var session = await ConnectAsync(_asks with { ClientAuthentications = [ClientAuthenticationMethod.SecretJwt] });
        Wire.Answers(Wire.Json("{}", "503 Service Unavailable"), Wire.Json("""{"active":true}"""));

        Assert.True((await Wire.PassTimeUntilAsync(session.TestTokenAsync())).IsActive);

        var assertions = Wire.Requests.TakeLast(2).Select(OAuthPS.Flows.Tests.ClientAuthentication.SentAssertion.Of).ToList();
        Assert.Equal(2, assertions.Select(assertion => assertion.Claims.GetProperty("jti").GetString()).Distinct().Count());
        Assert.All(assertions, assertion => Assert.Equal("https://auth.spatiafi.com/api/v1/auth/jwt/token", assertion.Claims.GetProperty("aud").GetString()));
    }

    [Theory]
    [InlineData("""{"active":"true"}""", "ResponseIncomplete")]
    [InlineData("""{"sub":"ada"}""", "ResponseIncomplete")]
    [InlineData("""{"active":true,"active":false}""", "ResponseNotJson")]
    [InlineData("""{"active":true,"sub":"\ud800"}""", "ResponseNotJson")]
    [InlineData("[]", "ResponseNotJson")]
    [InlineData("<html>", "ResponseNotJson")]
    [InlineData("", "ResponseNotJson")]
    public async Task An_answer_that_does_not_say_it_is_a_typed_error(string body, string errorId)
    {
        var session = await ConnectAsync();
        Wire.Answers(Wire.Json(body));

        var error = await Assert.ThrowsAsync<OAuthProtocolException>(() => session.TestTokenAsync());

        Assert.Equal(errorId, error.ErrorId);
    }

    [Fact]
    public async Task What_a_server_repeats_of_the_token_or_the_terminal_obeys_does_not_show()
    {
        var session = await ConnectAsync();
        Wire.Answers(Wire.Json("""{"active":true,"sub":"access-1","scope":"\u001b[31mred","username":7,"aud":["x access-1 y",7],"exp":"soon"}"""));

        var test = await session.TestTokenAsync();

        NoSecret.In(test.ToString() + test.Subject + test.Scope + string.Concat(test.Audience), "access-1");
        Assert.Equal(("\\u001B[31mred", null, null), (test.Scope, test.UserName, test.ExpiresAt));
    }

    [Fact]
    public async Task A_refusal_is_the_servers_own()
    {
        var session = await ConnectAsync();
        Wire.Answers(Wire.Json("""{"error":"invalid_client"}""", "401 Unauthorized"));

        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => session.TestTokenAsync());

        Assert.Equal("InvalidClient", refused.ErrorId);
        Assert.Contains("introspection request", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sessions_own_token_is_tested_as_it_is_and_not_renewed()
    {
        var session = await ConnectAsync();
        Wire.Clock.Advance(TimeSpan.FromHours(2));
        Wire.Answers(Wire.Json("""{"active":false}"""));

        Assert.False((await session.TestTokenAsync()).IsActive);

        Assert.Contains("token=access-1", Wire.LastRequest, StringComparison.Ordinal);
        Assert.Equal(2, Wire.Requests.Count);
    }

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("application/AT+JWT")]
    [InlineData("JWT")]
    public async Task A_JWT_is_good_by_its_signature_and_claims(string type)
    {
        Wire.Answers(Metadata, KeysOf(SigningKey.P256.Jwk("k1")));

        var test = await TestAsync(Sign(Claims, type), "https://api.example.com");

        Assert.Equal((true, TokenTestMethod.Local), (test.IsActive, test.Method));
        Assert.Equal(("ada", "read write", "me", Issuer), (test.Subject, test.Scope, test.ClientId, test.Issuer));
        Assert.Equal(["https://api.example.com", "https://other.example.com"], test.Audience);
        Assert.Equal(Wire.Clock.GetUtcNow().AddSeconds(600), test.ExpiresAt);
    }

    [Theory]
    [InlineData("exp", "-1", "has expired, or does not say when (exp)")]
    [InlineData("exp", "0", "has expired, or does not say when (exp)")]
    [InlineData("exp", "null", "has expired, or does not say when (exp)")]
    [InlineData("nbf", "301", "is not valid yet (nbf)")]
    [InlineData("iss", "\"https://evil.example.com\"", "is of another issuer (iss)")]
    [InlineData("aud", "\"https://other.example.com\"", "is meant for another audience (aud)")]
    public async Task A_claim_that_does_not_hold_is_the_reason(string claim, string value, string flaw)
    {
        Wire.Answers(Metadata, KeysOf(SigningKey.P256.Jwk("k1")));
        var claims = Claims;
        claims[claim] = long.TryParse(value, out var seconds) ? Now + seconds : JsonNode.Parse(value);

        var test = await TestAsync(Sign(claims, "at+jwt"), "https://api.example.com");

        Assert.Equal((false, $"It {flaw}."), (test.IsActive, test.Reason));
    }

    [Fact]
    public async Task A_JWT_that_somebody_else_signed_says_nothing()
    {
        Wire.Answers(Metadata, KeysOf(SigningKey.Rsa.Jwk("k1")));

        foreach (var token in new[] { SigningKey.OtherRsa.Sign(Claims, "RS256", new() { ["kid"] = "k1" }), $"{SigningKey.Input(Claims, "none", null)}.", SigningKey.SignHs256(Claims, SigningKey.Rsa.PublicPem) })
        {
            var test = await TestAsync(token);
            Assert.False(test.IsActive);
            Assert.Matches("^It (has a signature that does not fit|is signed with an algorithm that was not expected \\(alg\\))\\.$", test.Reason);
            Assert.Equal((null, null, null), (test.Subject, test.ExpiresAt, test.Issuer));
        }
    }

    [Theory]
    [InlineData("dpop+jwt")]
    [InlineData("logout+jwt")]
    public async Task A_JWT_of_another_kind_is_no_access_token(string type)
    {
        Wire.Answers(Metadata, KeysOf(SigningKey.P256.Jwk("k1")));

        var test = await TestAsync(Sign(Claims, type));

        Assert.Equal((false, "It is a JWT of another kind than an access token (typ)."), (test.IsActive, test.Reason));
    }

    [Fact]
    public async Task Without_introspection_a_sessions_JWT_is_tested_here()
    {
        var token = Sign(Claims, "at+jwt");
        Wire.Answers(Document(",\"grant_types_supported\":[\"client_credentials\"]"), Given.Token(token), KeysOf(SigningKey.P256.Jwk("k1")));
        var session = await Wire.ConnectAsync(new ConnectRequest { Provider = new() { Name = "Example", Issuer = Issuer }, Client = Given.Client });

        var test = await session.TestTokenAsync();

        Assert.Equal((true, TokenTestMethod.Local, Issuer), (test.IsActive, test.Method, session.Issuer));
    }

    [Fact]
    public async Task Where_nobody_can_say_it_that_is_said()
    {
        Wire.Answers(Document(",\"grant_types_supported\":[\"client_credentials\"]"), Given.Token("opaque"), Given.Token("access"));
        var opaque = await Wire.ConnectAsync(new ConnectRequest { Provider = new() { Name = "Example", Issuer = Issuer }, Client = Given.Client });
        var described = await Wire.ConnectAsync(Given.SpatiaFi);
        var basic = await Wire.ConnectAsync(Given.SpacebringBasic);

        Assert.Equal("TokenNotTestable", (await Assert.ThrowsAsync<OAuthUsageException>(() => opaque.TestTokenAsync())).ErrorId);
        Assert.Equal("TokenNotTestable", (await Assert.ThrowsAsync<OAuthUsageException>(() => described.TestTokenAsync())).ErrorId);
        Assert.Equal("SessionHasNoToken", (await Assert.ThrowsAsync<OAuthUsageException>(() => basic.TestTokenAsync())).ErrorId);
    }

    private static string Metadata => Document("");

    private static string Document(string members) =>
        Wire.Json($$"""{"issuer":"{{Issuer}}","token_endpoint":"{{Issuer}}/token","jwks_uri":"{{Issuer}}/keys"{{members}}}""");

    private static string KeysOf(JsonObject key) => Wire.Json(new JsonObject { ["keys"] = new JsonArray(key) }.ToJsonString());

    private static string Sign(JsonObject claims, string type) => SigningKey.P256.Sign(claims, "ES256", new() { ["kid"] = "k1", ["typ"] = type });

    private Task<OAuthTokenTest> TestAsync(string token, string? audience = null) =>
        AccessTokenTest.RunAsync(Issuer, new Secret(token), audience, Wire.Transport, Wire.Log);

    private Task<OAuthSession> ConnectAsync(OAuthProvider? provider = null)
    {
        Wire.Answers(Given.Token("access-1"));
        return Wire.ConnectAsync(new ConnectRequest { Provider = provider ?? _asks, Client = Given.Client });
    }
}
