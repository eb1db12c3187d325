using OAuthPS.Emulator;

namespace OAuthPS.Flows.Tests.Emulator;

public sealed class SpaceTests : EmulatorTest
{
    // The verifier and challenge of RFC 7636 appendix B.
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Pkce = "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
    private const string Callback = "http%3A%2F%2F127.0.0.1%3A5000%2Fcb";
    private const string Me = "/space/api/http/team-directory/profiles/me";

    private Task<Reply> TokenAsync(string form, string? authorization = SpaceBasic) => PostFormAsync("/space/oauth/token", form, authorization);

    private async Task<Reply> SignInAsync(string query)
    {
        var page = await AskAsync($"GET /space/oauth/auth?redirect_uri={Callback}&state=s&{query}");
        if (page.Status != 200)
            return page;
        var form = SignInForm.Of(page.Body);
        return await PostFormAsync(form.Action, form.Filled("allow", DemoAccounts.SpaceUserName, DemoAccounts.SpacePassword));
    }

    private async Task<string> CodeAsync(string more = "", string client = "space-client")
        => (await SignInAsync($"response_type=code&client_id={client}&scope=**{more}")).LocationParameter("code")!;

    private Task<Reply> ExchangeAsync(string code, string more = "", string redirectUri = Callback, string? authorization = SpaceBasic)
        => TokenAsync($"grant_type=authorization_code&code={code}&redirect_uri={redirectUri}{more}", authorization);

    [Fact]
    public async Task Client_credentials_are_answered_without_a_refresh_token()
    {
        var reply = await TokenAsync("grant_type=client_credentials&scope=**");
        Assert.Equal("""200 {"access_token":"accessToken","token_type":"Bearer","expires_in":600,"scope":"**"}""", reply.Shape);
        Assert.Contains("\"username\":\"space-client\"", (await GetAsync(Me, reply["access_token"])).Body, StringComparison.Ordinal);
        Assert.Equal(200, (await GetAsync("/space/api/http/projects", reply["access_token"])).Status);
    }

    [Fact]
    public async Task A_code_is_exchanged_for_an_access_token_alone_when_access_is_online()
    {
        var reply = await ExchangeAsync(await CodeAsync());
        Assert.Equal("""200 {"access_token":"accessToken","token_type":"Bearer","expires_in":600,"scope":"**"}""", reply.Shape);
        Assert.Contains("\"username\":\"ada\"", (await GetAsync(Me, reply["access_token"])).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offline_access_adds_a_refresh_token_that_stays_good()
    {
        var tokens = await ExchangeAsync(await CodeAsync("&access_type=offline"));
        Assert.Equal(
            """200 {"access_token":"accessToken","token_type":"Bearer","expires_in":600,"scope":"**","refresh_token":"refreshToken"}""", tokens.Shape);
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(
                """200 {"access_token":"accessToken","token_type":"Bearer","expires_in":600,"scope":"Project:*"}""",
                (await TokenAsync($"grant_type=refresh_token&refresh_token={tokens["refresh_token"]}&scope=Project:*")).Shape);
        }
    }

    [Fact]
    public async Task A_refresh_without_a_scope_has_the_scope_that_was_granted()
    {
        // The vendor's table says that scope is required, its example leaves it out: both are taken.
        var tokens = await TokenAsync("grant_type=password&username=ada&password=space-password&scope=Project:*+Profile:EditAbsences&access_type=offline");
        Assert.Equal(
            """200 {"access_token":"accessToken","token_type":"Bearer","expires_in":600,"scope":"Project:* Profile:EditAbsences"}""",
            (await TokenAsync($"grant_type=refresh_token&refresh_token={tokens["refresh_token"]}")).Shape);
        Assert.Equal(
            """400 {"error":"invalid_scope","error_description":"scope asks for more than was granted."}""",
            (await TokenAsync($"grant_type=refresh_token&refresh_token={tokens["refresh_token"]}&scope=**")).Shape);
    }

    [Fact]
    public async Task The_same_id_and_secret_may_be_in_header_and_body_as_the_vendors_sign_in_sends_them()
    {
        const string twice = "&client_id=space-client&client_secret=space-secret%3Awith%2Bodd+chars%26%3D";
        Assert.Equal(
            """200 {"access_token":"accessToken","token_type":"Bearer","expires_in":600,"scope":"**"}""",
            (await ExchangeAsync(await CodeAsync(), twice)).Shape);
        Assert.Equal(
            """400 {"error":"invalid_request","error_description":"client_secret is not the one of the Authorization header."}""",
            (await ExchangeAsync(await CodeAsync(), "&client_id=space-client&client_secret=another")).Shape);
    }

    [Fact]
    public async Task The_password_grant_needs_a_scope()
    {
        const string user = "grant_type=password&username=ada&password=space-password";
        Assert.Equal("""400 {"error":"invalid_request","error_description":"The parameter scope is missing."}""", (await TokenAsync(user)).Shape);
        Assert.Equal(
            """200 {"access_token":"accessToken","token_type":"Bearer","expires_in":600,"scope":"Profile:EditAbsences,EditLanguages"}""",
            (await TokenAsync(user + "&scope=Profile:EditAbsences,EditLanguages")).Shape);
        Assert.NotEmpty((await TokenAsync(user + "&scope=**&access_type=offline"))["refresh_token"]);
        Assert.Equal("invalid_grant", (await TokenAsync("grant_type=password&username=ada&password=wrong&scope=**"))["error"]);
    }

    [Fact]
    public async Task The_implicit_flow_answers_in_the_fragment()
    {
        var back = await SignInAsync("response_type=token&client_id=space-client&scope=Project:*");
        Assert.Matches(@"^http://127\.0\.0\.1:5000/cb#access_token=ey[A-Za-z0-9_-]+\.ey[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{342}&token_type=Bearer&expires_in=600&scope=Project%3A%2A&state=s$", back.Location);
        Assert.Equal(200, (await GetAsync(Me, back.LocationParameter("access_token")!)).Status);
        Assert.StartsWith(
            "http://127.0.0.1:5000/cb#error=invalid_scope&", (await SignInAsync("response_type=token&client_id=space-client")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_client_uses_pkce_in_place_of_a_secret()
    {
        var code = await CodeAsync(Pkce + "&access_type=offline", "space-public");
        const string client = "&client_id=space-public&code_verifier=";
        Assert.Equal("invalid_grant", (await ExchangeAsync(code, "&client_id=space-public", authorization: null))["error"]);
        Assert.Equal("invalid_grant", (await ExchangeAsync(code, client + Verifier[..^1] + "A", authorization: null))["error"]);
        var tokens = await ExchangeAsync(code, client + Verifier, authorization: null);
        Assert.Equal(200, tokens.Status);
        Assert.Equal(200, (await TokenAsync($"grant_type=refresh_token&refresh_token={tokens["refresh_token"]}&scope=**&client_id=space-public", null)).Status);
        Assert.Equal("invalid_grant", (await TokenAsync($"grant_type=refresh_token&refresh_token={tokens["refresh_token"]}&scope=**"))["error"]);
    }

    [Fact]
    public async Task A_verifier_without_a_challenge_is_refused()
        => Assert.Equal("invalid_grant", (await ExchangeAsync(await CodeAsync(), "&code_verifier=" + Verifier))["error"]);

    [Fact]
    public async Task A_code_is_for_its_client_and_its_redirect_uri()
    {
        var code = await CodeAsync(Pkce, "space-public");
        Assert.Equal("invalid_grant", (await ExchangeAsync(code, "&code_verifier=" + Verifier))["error"]);
        var own = await CodeAsync();
        Assert.Equal("invalid_grant", (await ExchangeAsync(own, redirectUri: Callback + "2"))["error"]);
        Assert.Equal("invalid_request", (await ExchangeAsync(own, redirectUri: ""))["error"]);
        Assert.Equal(200, (await ExchangeAsync(own)).Status);
    }

    [Fact]
    public async Task A_used_code_is_refused_and_ends_what_it_issued()
    {
        var code = await CodeAsync();
        var token = (await ExchangeAsync(code))["access_token"];
        Assert.Equal("invalid_grant", (await ExchangeAsync(code))["error"]);
        // The sentence by which the SDK knows a revoked refresh token.
        Assert.Equal(
            """401 {"error":"authentication-required","error_description":"Refresh token associated with the access token is revoked"}""",
            (await GetAsync(Me, token)).Shape);
    }

    [Theory]
    [InlineData("grant_type=client_credentials", null, 401, "invalid_client")]
    [InlineData("grant_type=client_credentials", "Basic c3BhY2UtY2xpZW50Ondyb25n", 401, "invalid_client")]
    // space-client:space-secret%3Awith%2Bodd+chars%26%3D, the form-encoded way of RFC 6749 section 2.3.1
    [InlineData("grant_type=client_credentials", "Basic c3BhY2UtY2xpZW50OnNwYWNlLXNlY3JldCUzQXdpdGglMkJvZGQrY2hhcnMlMjYlM0Q=", 401, "invalid_client")]
    [InlineData("grant_type=client_credentials&client_id=space-client&client_secret=space-secret%3Awith%2Bodd+chars%26%3D", null, 401, "invalid_client")]
    [InlineData("grant_type=client_credentials&client_secret=x", SpaceBasic, 400, "invalid_request")]
    [InlineData("grant_type=client_credentials&client_id=space-client&client_secret=x", SpaceBasic, 400, "invalid_request")]
    [InlineData("grant_type=client_credentials&client_id=space-client&client_secret=x", "Basic c3BhY2UtY2xpZW50Ong=", 401, "invalid_client")]
    [InlineData("grant_type=client_credentials&client_id=space-public", null, 400, "unauthorized_client")]
    [InlineData("grant_type=client_credentials&client_id=space-public", SpaceBasic, 400, "invalid_request")]
    [InlineData("grant_type=client_credentials&scope=Project:*,Profile:View", SpaceBasic, 400, "invalid_scope")]
    [InlineData("grant_type=client_credentials&scope=Project:*++Profile:View", SpaceBasic, 400, "invalid_scope")]
    [InlineData("grant_type=device", SpaceBasic, 400, "unsupported_grant_type")]
    [InlineData("scope=**", SpaceBasic, 400, "invalid_request")]
    [InlineData("grant_type=client_credentials&scope=**&scope=**", SpaceBasic, 400, "invalid_request")]
    [InlineData("grant_type=refresh_token&refresh_token=x", SpaceBasic, 400, "invalid_grant")]
    [InlineData("grant_type=refresh_token&scope=**", SpaceBasic, 400, "invalid_request")]
    [InlineData("grant_type=refresh_token&refresh_token=x&scope=**", SpaceBasic, 400, "invalid_grant")]
    public async Task A_token_request_that_is_not_right_is_refused(string form, string? authorization, int status, string error)
    {
        var reply = await TokenAsync(form, authorization);
        Assert.Equal((status, error), (reply.Status, reply["error"]));
    }

    [Theory]
    [InlineData("response_type=id_token&client_id=space-client&scope=**", "unsupported_response_type")]
    [InlineData("response_type=code&client_id=space-client", "invalid_scope")]
    [InlineData("response_type=code&client_id=space-public&scope=**", "invalid_request")]
    [InlineData("response_type=code&client_id=space-public&scope=**&code_challenge=" + Verifier, "invalid_request")]
    [InlineData("response_type=code&client_id=space-public&scope=**&code_challenge=short&code_challenge_method=S256", "invalid_request")]
    [InlineData("response_type=code&client_id=space-client&scope=**&access_type=always", "invalid_request")]
    [InlineData("response_type=code&client_id=space-client&scope=**&request_credentials=maybe", "invalid_request")]
    [InlineData("response_type=code&client_id=space-client&scope=**&request_credentials=silent", "access_denied")]
    public async Task An_authorization_request_that_is_not_right_is_refused(string query, string error)
    {
        var reply = await SignInAsync(query);
        Assert.Equal((302, error, "s"), (reply.Status, reply.LocationParameter("error"), reply.LocationParameter("state")));
    }

    [Fact]
    public async Task A_refresh_must_not_ask_for_more_than_was_granted()
    {
        var tokens = await TokenAsync("grant_type=password&username=ada&password=space-password&scope=Project:*&access_type=offline");
        Assert.Equal("invalid_scope", (await TokenAsync($"grant_type=refresh_token&refresh_token={tokens["refresh_token"]}&scope=**"))["error"]);
    }

    [Fact]
    public async Task The_key_set_has_a_public_key_and_nothing_private()
    {
        var keys = await AskAsync("GET /space/oauth/jwks.json");
        Assert.Matches("""^\{"keys":\[\{"kty":"RSA","use":"sig","alg":"RS512","e":"AQAB","n":"[A-Za-z0-9_-]{342}"\}\]\}$""", keys.Body);
    }
}
