using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>Token responses in the dialects of servers, each as it stands on the wire.</summary>
public class DialectTests
{
    private static ConnectRequest Acme(TokenResponseFormat? format = null) => new()
    {
        Provider = new()
        {
            Name = "Acme",
            ServiceUrl = new Uri("https://acme.example"),
            TokenEndpoint = "/token",
            Flows = [OAuthFlow.ClientCredentials],
            ClientAuthentications = [ClientAuthenticationMethod.Post],
            RefreshTokens = RefreshTokenUse.OneTime,
            TokenResponse = format,
        },
        Client = Given.Client,
    };

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "access_token=gho_16C7e42F&scope=repo%2Cgist&token_type=bearer&expires_in=28800", "repo,gist")]
    [InlineData("text/plain; charset=UTF-8", "access_token=gho_16C7e42F&expires=28800&scope=read+write\n", "read write")]
    [InlineData("text/html", "\uFEFFaccess_token=gho_16C7e42F&token_type=&expires=28800", null)]
    public async Task A_form_encoded_response_is_read(string type, string body, string? scope)
    {
        var wire = new Wire().Answers($"HTTP/1.1 200 OK\nContent-Type: {type}\n\n{body}");

        var session = await wire.ConnectAsync(Acme());

        Assert.Equal("gho_16C7e42F", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal((Given.Start.AddHours(8), scope), (session.ExpiresAt, session.Scope));
    }

    [Theory]
    [InlineData("access_token=leaked-token&access_token=other-token", "ResponseIncomplete")]
    [InlineData("access_token=leaked-token&refresh_token=a%20b", "ResponseIncomplete")]
    [InlineData("access_token=leaked-token%0D%0AX-Evil: 1", "ResponseNotJson")]
    [InlineData("access_token=leaked-token%0D%0AX-Evil", "ResponseIncomplete")]
    [InlineData("<a href=access_token=leaked-token>", "ResponseNotJson")]
    [InlineData("access_token=leaked-token&token_type=mac", "TokenTypeUnknown")]
    [InlineData("state=x&title=y", "ResponseIncomplete")]
    public async Task A_form_that_is_forged_or_none_is_refused_without_its_words(string body, string errorId)
    {
        var wire = new Wire().Answers($"HTTP/1.1 200 OK\nContent-Type: application/x-www-form-urlencoded\n\n{body}");

        var error = await Assert.ThrowsAsync<OAuthProtocolException>(() => wire.ConnectAsync(Acme()));

        Assert.Equal(errorId, error.ErrorId);
        NoSecret.In(error, "leaked-token", "other-token");
    }

    [Fact]
    public async Task A_form_of_thousands_of_parameters_is_none()
    {
        var wire = new Wire().Answers($"HTTP/1.1 200 OK\nContent-Type: text/plain\n\naccess_token=t&{string.Join('&', Enumerable.Range(0, 100_000).Select(i => $"p{i}=1"))}");

        Assert.Equal("ResponseNotJson", (await Assert.ThrowsAsync<OAuthProtocolException>(() => wire.ConnectAsync(Acme()))).ErrorId);
    }

    [Theory]
    [InlineData("User Access Token")]
    [InlineData("user")]
    [InlineData("urn:example:opaque")]
    [InlineData("client secret")]
    [InlineData("secret-refresh-token")]
    public async Task A_type_that_names_no_other_scheme_is_used_as_Bearer_and_told_once(string type)
    {
        var wire = new Wire().Otherwise(_ => Wire.Json($$"""{"access_token":"secret-access-token","token_type":"{{type}}","expires_in":600,"refresh_token":"secret-refresh-token"}"""));

        var session = await wire.ConnectAsync(Acme());
        await session.RenewAsync(wire.Log);

        Assert.Equal("Bearer", (await session.GetTokenAsync()).TokenType);
        Assert.Contains("used as Bearer tokens", Assert.Single(wire.Log.Warnings), StringComparison.Ordinal);
        NoSecret.In(wire.Log, Given.ClientSecret, "secret-access-token", "secret-refresh-token");
    }

    [Fact]
    public async Task With_DPoP_asked_for_a_type_that_is_not_known_is_refused_as_before()
    {
        var wire = new Wire().Answers(Wire.Json("""{"access_token":"t","token_type":"bot"}"""));

        Assert.Equal("TokenTypeUnknown", (await Assert.ThrowsAsync<OAuthProtocolException>(() => wire.ConnectAsync(Acme() with { DPoP = true }))).ErrorId);
    }

    [Theory]
    [InlineData("""{"access_token":"the-token","scope":["files.read","files.write"]}""", "files.read files.write")]
    [InlineData("""{"access_token":"the-token","scopes":["files.read"]}""", "files.read")]
    [InlineData("""{"access_token":"the-token","scope":["files.read",7,null,"\ud800",""]}""", "files.read")]
    [InlineData("""{"access_token":"the-token","scope":false}""", "files.read admin")]
    public async Task What_was_granted_is_shown_and_not_what_was_asked_for(string body, string scope)
    {
        var wire = new Wire().Answers(Wire.Json(body));

        Assert.Equal(scope, (await wire.ConnectAsync(Acme() with { Scope = ["files.read", "admin"] })).Scope);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("null")]
    [InlineData("\"\"")]
    public async Task No_refresh_token_is_given_in_these_words(string refreshToken)
    {
        var wire = new Wire().Answers(
            Wire.Json($$"""{"access_token":"t","expires_in":600,"refresh_token":{{refreshToken}},"id_token":{{refreshToken}}}"""), Given.Token("second"));
        var session = await wire.ConnectAsync(Acme());

        await session.RenewAsync();

        Assert.Contains("grant_type=client_credentials", wire.LastRequest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/data", "access_token", """{"code":0,"data":{"access_token":"t-1","expires_in":600,"refresh_token":"r-1"}}""")]
    [InlineData("/result/tokens/0", "access_token", """{"result":{"tokens":[{"access_token":"t-1","expires_in":600,"refresh_token":"r-1"},{"access_token":"other"}]}}""")]
    [InlineData("/a~1b", "jwt", """{"access_token":"other","a/b":{"jwt":"t-1","expires_in":"600","refresh_token":"r-1"}}""")]
    [InlineData(null, "app_access_token", """{"app_access_token":"t-1","access_token":"other","expires_in":600,"refresh_token":"r-1"}""")]
    public async Task The_providers_data_say_where_the_token_is_and_what_it_is_called(string? path, string name, string body)
    {
        var wire = new Wire().Answers(Wire.Json(body), Wire.Json(body.Replace("t-1", "t-2", StringComparison.Ordinal)));

        var session = await wire.ConnectAsync(Acme(new() { Path = path, Members = new Dictionary<string, string> { ["access_token"] = name } }));

        Assert.Equal("t-1", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal(Given.Start.AddSeconds(600), session.ExpiresAt);
        Assert.Equal("t-2", (await session.RenewAsync()).TokenOf());
        Assert.Contains("refresh_token=r-1", wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_members_can_have_other_names()
    {
        var wire = new Wire().Answers(Wire.Json("""
            {"accessToken":"t-1","tokenType":"bearer","expiresIn":28800,"refreshToken":"r-1","refreshTokenExpiresIn":86400,"grantedScopes":"a b","expires_in":1}
            """));
        var names = new Dictionary<string, string>
        {
            ["access_token"] = "accessToken", ["token_type"] = "tokenType", ["expires_in"] = "expiresIn", ["refresh_token"] = "refreshToken",
            ["refresh_token_expires_in"] = "refreshTokenExpiresIn", ["scope"] = "grantedScopes",
        };

        var session = await wire.ConnectAsync(Acme(new() { Members = names }));

        Assert.Equal((Given.Start.AddHours(8), Given.Start.AddDays(1), "a b", true), (session.ExpiresAt, session.RefreshTokenExpiresAt, session.Scope, session.CanRefresh));
    }

    [Theory]
    [InlineData("""{"data":{"error":"x"}}""", "access_token")]
    [InlineData("""{"data":null}""", "/data")]
    [InlineData("""{"data":[{"access_token":"leaked-token"}]}""", "/data")]
    [InlineData("""{"access_token":"leaked-token"}""", "/data")]
    public async Task A_token_that_is_elsewhere_is_not_looked_for(string body, string missing)
    {
        var wire = new Wire().Answers(Wire.Json(body));

        var error = await Assert.ThrowsAsync<OAuthProtocolException>(() => wire.ConnectAsync(Acme(new() { Path = "/data" })));

        Assert.Contains($"'{missing}' is missing", error.Message, StringComparison.Ordinal);
        NoSecret.In(error, "leaked-token");
    }

    [Fact]
    public async Task A_new_refresh_token_deeper_in_a_response_that_is_refused_is_kept()
    {
        var wire = new Wire().Answers(
            Wire.Json("""{"data":{"access_token":"t-1","expires_in":600,"renewal":"r-1"}}"""),
            Wire.Json("""{"data":{"token_type":"mac","access_token":"t-2","renewal":"r-2"}}"""),
            Wire.Json("""{"data":{"access_token":"t-3"}}"""));
        var session = await wire.ConnectAsync(Acme(new() { Path = "/data", Members = new Dictionary<string, string> { ["refresh_token"] = "renewal" } }));
        await Assert.ThrowsAsync<OAuthProtocolException>(() => session.RenewAsync());

        await session.RenewAsync();

        Assert.Contains("refresh_token=r-2", wire.LastRequest, StringComparison.Ordinal);
    }
}
