using System.Text.Json.Nodes;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.Tests.Interaction;

namespace OAuthPS.Flows.Tests.Identity;

/// <summary>Who signed in, as the UserInfo endpoint says it (OpenID Connect Core 1.0 section 5.3), and the ID token beside it.</summary>
public class UserInfoTests : IdTokenTest
{
    private const string UserInfo = "https://people.example.com/userinfo";

    private static ConnectRequest Request { get; } = new()
    {
        Provider = new() { Name = "Example", Issuer = Issuer },
        Client = new(ClientId),
        Flow = OAuthFlow.AuthorizationCode,
        Scope = ["openid", "profile"],
        Headers = new Dictionary<string, string> { ["X-Api-Key"] = "k3y-of-the-api" },
    };

    // No issuer: an ID token is not checked, and comes straight from the token endpoint all the same.
    private static OAuthProvider Described { get; } = new()
    {
        Name = "Described",
        ServiceUrl = new Uri("https://login.acme.example"),
        TokenEndpoint = "/token",
        UserInfoEndpoint = "/me",
        Flows = [OAuthFlow.AuthorizationCode, OAuthFlow.RefreshToken],
        ClientAuthentications = [ClientAuthenticationMethod.Post],
    };

    [Fact]
    public async Task The_claims_about_who_signed_in_are_asked_for_with_the_token_and_nothing_else()
    {
        var session = await SignInAsync();
        Wire.Answers(Wire.Json("""{"sub":"ada","name":"Ada Lovelace","email_verified":true,"address":{"country":"UK"}}"""));

        var claims = await session.GetUserInfoAsync(Wire.Log);

        Assert.Equal("Ada Lovelace", claims.GetProperty("name").GetString());
        Assert.Equal($"""
            GET {UserInfo}
            Authorization: Bearer {AccessToken}
            Accept: application/json, application/jwt;q=0.9


            """, Wire.LastRequest);
    }

    [Theory]
    [InlineData("""{"sub":"eve","name":"Ada Lovelace"}""", "is about another subject than the ID token (sub)")]
    [InlineData("""{"sub":"ADA"}""", "is about another subject than the ID token (sub)")]
    [InlineData("""{"sub":["ada"]}""", "does not say whom it is about (sub)")]
    [InlineData("""{"name":"Ada Lovelace"}""", "does not say whom it is about (sub)")]
    public async Task Claims_about_anybody_else_are_refused(string body, string flaw)
    {
        var session = await SignInAsync();
        Wire.Answers(Wire.Json(body));

        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => session.GetUserInfoAsync());

        Assert.Equal(("UserInfoInvalid", $"The UserInfo response {flaw}, so it is not used."), (failure.ErrorId, failure.WhatHappened));
    }

    [Theory]
    [InlineData("""{"sub":"ada","sub":"eve"}""")]
    [InlineData("""["ada"]""")]
    [InlineData("<html>Sign in</html>")]
    [InlineData("")]
    public async Task What_is_no_object_of_claims_is_refused(string body)
    {
        var session = await SignInAsync();
        Wire.Answers(Wire.Json(body));

        Assert.Equal("ResponseNotJson", (await Assert.ThrowsAsync<OAuthProtocolException>(() => session.GetUserInfoAsync())).ErrorId);
    }

    [Fact]
    public async Task A_signed_response_is_read_once_the_servers_key_has_verified_it()
    {
        var session = await SignInAsync();
        Wire.Answers(Signed(new() { ["iss"] = Issuer, ["aud"] = ClientId, ["sub"] = "ada", ["name"] = "Ada Lovelace" }));

        Assert.Equal("Ada Lovelace", (await session.GetUserInfoAsync()).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("iss", "https://other.example", "is of another issuer (iss)")]
    [InlineData("aud", "another-client", "is meant for another client (aud)")]
    [InlineData("exp", 1, "has expired, or does not say when (exp)")]
    [InlineData("sub", "eve", "is about another subject than the ID token (sub)")]
    public async Task What_a_signed_response_names_must_be_true(string claim, object value, string flaw)
    {
        var session = await SignInAsync();
        Wire.Answers(Signed(new() { ["sub"] = "ada", [claim] = JsonValue.Create(value) }));

        Assert.Equal($"The UserInfo response {flaw}, so it is not used.", (await Assert.ThrowsAsync<OAuthProtocolException>(() => session.GetUserInfoAsync())).WhatHappened);
    }

    [Fact]
    public async Task A_response_that_anybody_could_have_signed_is_refused()
    {
        var claims = new JsonObject { ["sub"] = "ada" };
        string[] forged =
        [
            SigningKey.OtherRsa.Sign(claims, "RS256"), SigningKey.SignHs256(claims, SigningKey.Rsa.PublicPem), SigningKey.Input(claims, "none", null) + ".",
            "e30.e30.e30.e30.e30", "not a jwt",
        ];
        var session = await SignInAsync();
        foreach (var jwt in forged)
        {
            Wire.Answers($"HTTP/1.1 200 OK\nContent-Type: application/jwt\n\n{jwt}");

            Assert.Equal("UserInfoInvalid", (await Assert.ThrowsAsync<OAuthProtocolException>(() => session.GetUserInfoAsync())).ErrorId);
        }
    }

    [Fact]
    public async Task A_token_that_is_refused_is_renewed_once()
    {
        var session = await SignInAsync(refreshToken: "r-1");
        Wire.Answers("HTTP/1.1 401 Unauthorized", Given.Token("second-token"), Wire.Json("""{"sub":"ada"}"""));

        await session.GetUserInfoAsync(Wire.Log);

        Assert.Contains("Authorization: Bearer second-token\n", Wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_to_another_origin_does_not_take_the_token_along()
    {
        var session = await SignInAsync();
        Wire.Answers("HTTP/1.1 302 Found\nLocation: https://elsewhere.example/userinfo");

        Assert.Equal("RedirectToOtherOrigin", (await Assert.ThrowsAsync<OAuthConnectionException>(() => session.GetUserInfoAsync())).ErrorId);
    }

    [Fact]
    public async Task An_endless_response_is_cut_off()
    {
        var session = await SignInAsync();
        Wire.Answers(Wire.Json($$"""{"sub":"ada","x":"{{new string('x', 1024 * 1024)}}"}"""));

        Assert.Equal("ResponseTooLarge", (await Assert.ThrowsAsync<OAuthProtocolException>(() => session.GetUserInfoAsync())).ErrorId);
    }

    [Fact]
    public async Task A_refusal_says_whose_it_is()
    {
        var session = await SignInAsync();
        Wire.Answers(Wire.Json("""{"error":"insufficient_scope","error_description":"profile is needed"}""", "403 Forbidden"));

        var failure = await Assert.ThrowsAsync<OAuthServerException>(() => session.GetUserInfoAsync());

        Assert.StartsWith($"The server refused the UserInfo request to {UserInfo} with status 403.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_ID_token_nothing_is_asked()
    {
        var session = await Wire.Answers(Metadata(), Given.Token("t0ken")).ConnectAsync(Request with { Scope = [], Inputs = [new AuthorizationCode(new("c"))] });

        var failure = await Assert.ThrowsAsync<OAuthUsageException>(() => session.GetUserInfoAsync());

        Assert.Equal("NoIdToken", failure.ErrorId);
        Assert.Contains("has no ID token", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, Wire.Requests.Count);
    }

    [Fact]
    public async Task Without_an_endpoint_or_a_token_that_is_said()
    {
        var session = await Wire.Answers(Token("x.y.z")).ConnectAsync(new() { Provider = Described with { UserInfoEndpoint = null }, Client = Given.Client, Inputs = [new AuthorizationCode(new("c"))] });
        Assert.Equal("UserInfoNotSupported", (await Assert.ThrowsAsync<OAuthUsageException>(() => session.GetUserInfoAsync())).ErrorId);

        var basic = await Wire.ConnectAsync(Given.SpacebringBasic);
        Assert.Equal("SessionHasNoToken", (await Assert.ThrowsAsync<OAuthUsageException>(() => basic.GetUserInfoAsync())).ErrorId);
    }

    [Fact]
    public async Task A_provider_file_can_name_the_endpoint_and_the_ID_token_is_compared_though_no_issuer_is_known()
    {
        var idToken = SigningKey.Rsa.Sign(new() { ["sub"] = "grace" }, "RS256");
        var session = await Wire.Answers(Token(idToken)).ConnectAsync(new() { Provider = Described, Client = Given.Client, Inputs = [new AuthorizationCode(new("c"))] });
        Wire.Answers(Wire.Json("""{"sub":"grace"}"""), Wire.Json("""{"sub":"ada"}"""));

        await session.GetUserInfoAsync();

        Assert.StartsWith("GET https://login.acme.example/me\n", Wire.LastRequest, StringComparison.Ordinal);
        Assert.Null(session.Subject);
        Assert.Equal("UserInfoInvalid", (await Assert.ThrowsAsync<OAuthProtocolException>(() => session.GetUserInfoAsync())).ErrorId);
    }

    [Fact]
    public async Task The_ID_token_can_be_read_and_a_renewal_without_one_keeps_it()
    {
        var session = await SignInAsync(refreshToken: "r-1");
        var first = session.IdToken!.Reveal();
        Assert.Equal("ada", Jose.JsonWebToken.Read(session.IdToken).Subject);
        NoSecret.In($"{session.IdToken}", first);

        Wire.Answers(Given.Token("second-token", refreshToken: "r-2"));
        await session.RenewAsync();
        Assert.Equal(first, session.IdToken!.Reveal());

        var newer = SigningKey.Rsa.Sign(new() { ["iss"] = Issuer, ["sub"] = "ada", ["aud"] = ClientId, ["exp"] = Now + 60, ["iat"] = Now }, "RS256");
        Wire.Answers(Token(newer, "r-3"));
        await session.RenewAsync();
        Assert.Equal(newer, session.IdToken!.Reveal());
    }

    // What comes through the browser may be anybody's.
    [Fact]
    public async Task An_ID_token_in_a_redirect_that_nobody_has_checked_is_not_kept()
    {
        var run = await SignInRun.StartAsync(SignInRun.SpaceImplicit);

        await ImplicitSignInTests.PostAsync(run, $"access_token=t&token_type=Bearer&state={run.State}&id_token={SigningKey.Rsa.Sign(new() { ["sub"] = "eve" }, "RS256")}");

        Assert.Null((await run.EndAsync()).IdToken);
    }

    private async Task<OAuthSession> SignInAsync(string? refreshToken = null)
    {
        Wire.Answers(Metadata());
        var run = await SignInRun.StartAsync(Request, wire: Wire);
        var claims = Claims;
        claims["nonce"] = run.Sent("nonce");
        Wire.Answers(Token(SigningKey.Rsa.Sign(claims, "RS256"), refreshToken), Keys(SigningKey.Rsa.Jwk()));
        await run.AnswerWithCodeAsync();
        return await run.EndAsync();
    }

    private static string Signed(JsonObject claims) => $"HTTP/1.1 200 OK\nContent-Type: application/jwt\n\n{SigningKey.Rsa.Sign(claims, "RS256")}";

    private static string Token(string idToken, string? refreshToken = null) => Wire.Json(new JsonObject
    {
        ["access_token"] = AccessToken, ["token_type"] = "Bearer", ["expires_in"] = 3600, ["id_token"] = idToken, ["refresh_token"] = refreshToken,
    }.ToJsonString());

    private static string Metadata() => Wire.Json(new JsonObject
    {
        ["issuer"] = Issuer, ["authorization_endpoint"] = $"{Issuer}/authorize", ["token_endpoint"] = $"{Issuer}/token", ["jwks_uri"] = $"{Issuer}/keys",
        ["userinfo_endpoint"] = UserInfo, ["response_types_supported"] = new JsonArray("code"),
        ["token_endpoint_auth_methods_supported"] = new JsonArray("none"), ["grant_types_supported"] = new JsonArray("authorization_code", "refresh_token"),
    }.ToJsonString());
}
