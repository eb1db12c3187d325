using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>A refusal that comes with the status of a success: the server's words arrive, and the session is as it was.</summary>
public class RefusalInSuccessTests
{
    [Theory]
    [InlineData("""{"error":"invalid_client","error_description":"No such app."}""", "InvalidClient", "invalid_client: No such app.")]
    [InlineData("""{"error":"bad_app_key","error_description":"The key is of another app.","error_uri":"https://x"}""", "RequestRefused", "bad_app_key: The key is of another app.")]
    [InlineData("""{"ok":false,"error":"token_rotation_not_enabled"}""", "RequestRefused", "token_rotation_not_enabled")]
    [InlineData("""{"success":false,"message":"Unknown tenant","data":null}""", "RequestRefused", "Unknown tenant")]
    [InlineData("""{"status":"FAILED","errorMessage":"Locked out"}""", "RequestRefused", "Locked out")]
    [InlineData("""{"errcode":40125,"errmsg":"invalid appsecret"}""", "RequestRefused", "invalid appsecret")]
    [InlineData("""{"message":"error","data":{"error_code":10007,"description":"Code was used"}}""", "RequestRefused", "Code was used")]
    [InlineData("""{"error":{"code":"E7","message":"App is suspended"}}""", "RequestRefused", "E7: App is suspended")]
    [InlineData("error=invalid_scope&error_description=Not+for+this+app", "InvalidScope", "invalid_scope: Not for this app")]
    public async Task It_is_a_refusal_with_the_servers_words(string body, string errorId, string words)
    {
        var wire = new Wire().Answers(Given.Token("first-token", 3600, "refresh-1"), Wire.Json(body), Given.Token("second-token"));
        var session = await wire.ConnectAsync(Given.Blynk);

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => session.RenewAsync(wire.Log));

        Assert.Equal((errorId, 200), (error.ErrorId, error.StatusCode));
        Assert.Contains($"It says: {words}", error.Message, StringComparison.Ordinal);
        Assert.Equal("first-token", (await session.GetTokenAsync()).TokenOf());
    }

    // Client credentials would be sent again in the place of the refresh token: a session of a given refresh token has no grant to repeat.
    [Fact]
    public async Task It_is_one_of_a_refresh_token_where_no_grant_can_be_repeated()
    {
        var wire = new Wire().Answers(
            Given.Token("first-token", 3600, "refresh-1"),
            "HTTP/1.1 200 OK\nContent-Type: application/x-www-form-urlencoded\n\nerror=unauthorized_client&error_description=Not+for+this+app");
        var session = await wire.ConnectAsync(Given.Blynk with { Flow = OAuthFlow.RefreshToken, Inputs = [new GivenRefreshToken(new Secret("refresh-0"))] });

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => session.RenewAsync(wire.Log));

        Assert.Equal(("UnauthorizedClient", 200), (error.ErrorId, error.StatusCode));
        Assert.Contains("It says: unauthorized_client: Not for this app", error.Message, StringComparison.Ordinal);
        Assert.Contains("grant_type=refresh_token&refresh_token=refresh-1", wire.LastRequest, StringComparison.Ordinal);
        Assert.Equal(2, wire.Requests.Count);
        Assert.Equal("first-token", (await session.GetTokenAsync()).TokenOf());
    }

    [Theory]
    [InlineData("""{"ok":true,"note":"nothing here"}""")]
    [InlineData("""{"error":"","error_description":""}""")]
    [InlineData("""{"error":null,"code":200}""")]
    [InlineData("""{"error":0}""")]
    [InlineData("""{"error":[]}""")]
    [InlineData("""{"error":false}""")]
    [InlineData("""{"errcode":0,"msg":"ok"}""")]
    public async Task What_says_no_no_lacks_a_member(string body)
    {
        var wire = new Wire().Answers(Wire.Json(body));

        Assert.Contains("'access_token' is missing", (await Assert.ThrowsAsync<OAuthProtocolException>(() => wire.ConnectAsync(Given.Blynk))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_show_no_secret_and_are_cut()
    {
        var wire = new Wire().Answers(Wire.Json($$"""{"error":{"message":"client secret secret-refresh-1 \u001b[31m {{new string('x', 100_000)}}"},"refresh_token":"secret-refresh-1"}"""));

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Given.Blynk));

        NoSecret.In(error, Given.ClientSecret, "secret-refresh-1");
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.True(error.Message.Length < 1_000, $"{error.Message.Length}");
    }

    [Fact]
    public async Task The_words_show_no_token_that_stands_beside_them_at_any_depth()
    {
        var wire = new Wire().Answers(Wire.Json("""{"code":1,"data":{"refresh_token":"deep-refresh-1","message":"deep-refresh-1 is bound to another app"}}"""));

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Given.Blynk));

        Assert.Contains("*** is bound to another app", error.Message, StringComparison.Ordinal);
        NoSecret.In(error, "deep-refresh-1");
    }

    [Fact]
    public async Task Among_more_tokens_than_can_be_looked_for_no_word_is_shown()
    {
        var tokens = string.Join(',', Enumerable.Range(0, 60).Select(number => $$"""{"token":"many-tokens-{{number}}"}"""));
        var wire = new Wire().Answers(Wire.Json($$"""{"ok":false,"message":"many-tokens-59 is used up","all":[{{tokens}}]}"""));

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Given.Blynk));

        NoSecret.In(error, "many-tokens-59");
        Assert.DoesNotContain("used up", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_ID_token_is_told_with_what_asks_for_an_access_token()
    {
        var wire = new Wire().Answers(Wire.Json("""{"id_token":"e30.e30.c2ln","token_type":"Bearer","scope":"openid","expires_in":300}"""));

        var error = await Assert.ThrowsAsync<OAuthProtocolException>(() => wire.ConnectAsync(Given.Blynk));

        Assert.Contains("an ID token and no access token", error.WhatHappened, StringComparison.Ordinal);
        Assert.Equal([OAuthInput.Scope, OAuthInput.Resource], error.Inputs);
        NoSecret.In(error, "e30.e30.c2ln");
    }
}
