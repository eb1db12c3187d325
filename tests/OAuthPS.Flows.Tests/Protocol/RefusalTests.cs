using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>The server says no: in the words of RFC 6749 section 5.2, in FastAPI's, or in none.</summary>
public class RefusalTests
{
    [Theory]
    [InlineData("400 Bad Request", "invalid_client", "InvalidClient", OAuthErrorKind.Authentication)]
    [InlineData("401 Unauthorized", "invalid_client", "InvalidClient", OAuthErrorKind.Authentication)]
    [InlineData("400 Bad Request", "invalid_grant", "InvalidGrant", OAuthErrorKind.Authentication)]
    [InlineData("400 Bad Request", "invalid_request", "InvalidRequest", OAuthErrorKind.InvalidArgument)]
    [InlineData("400 Bad Request", "invalid_scope", "InvalidScope", OAuthErrorKind.InvalidArgument)]
    [InlineData("400 Bad Request", "unauthorized_client", "UnauthorizedClient", OAuthErrorKind.Permission)]
    [InlineData("400 Bad Request", "unsupported_grant_type", "UnsupportedGrantType", OAuthErrorKind.NotSupported)]
    [InlineData("400 Bad Request", "invalid_dpop_proof", "InvalidDPoPProof", OAuthErrorKind.Authentication)]
    [InlineData("400 Bad Request", "invalid_target", "InvalidTarget", OAuthErrorKind.InvalidArgument)]
    [InlineData("400 Bad Request", "invalid_authorization_details", "InvalidAuthorizationDetails", OAuthErrorKind.InvalidArgument)]
    [InlineData("400 Bad Request", "invalid_request_object", "InvalidRequestObject", OAuthErrorKind.Authentication)]
    [InlineData("403 Forbidden", "access_denied", "AccessDenied", OAuthErrorKind.Permission)]
    [InlineData("400 Bad Request", "of_its_own", "RequestRefused", OAuthErrorKind.InvalidArgument)]
    [InlineData("401 Unauthorized", "of_its_own", "Unauthorized", OAuthErrorKind.Authentication)]
    [InlineData("503 Service Unavailable", "temporarily_unavailable", "ServerError", OAuthErrorKind.ServerFailure)]
    [InlineData("429 Too Many Requests", "invalid_client", "TooManyRequests", OAuthErrorKind.LimitsExceeded)]
    public async Task Each_code_of_the_specification_has_its_own_id(string status, string code, string errorId, OAuthErrorKind kind)
    {
        var error = await RefuseAsync(Wire.Json($$"""{"error":"{{code}}","error_description":"In its own words"}""", status));

        Assert.Equal((errorId, kind, code, "In its own words"), (error.ErrorId, error.Kind, error.Error, error.ErrorDescription));
        Assert.Contains($"It says: {code}: In its own words. ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"detail":"LOGIN_BAD_CREDENTIALS"}""", "400 Bad Request", "LOGIN_BAD_CREDENTIALS")]
    [InlineData("""{"detail":[{"loc":["body","grant_type"],"msg":"field required","type":"value_error.missing"}]}""", "422 Unprocessable Entity", "body.grant_type: field required")]
    [InlineData("""{"detail":[{"loc":["body",0,"a"],"msg":"no"},{"loc":["query"],"msg":"neither"}]}""", "422 Unprocessable Entity", "body.0.a: no; query: neither")]
    [InlineData("""{"detail":[{"msg":"no place","input":"client secret"}]}""", "422 Unprocessable Entity", "request: no place")]
    [InlineData("""{"message":"Forbidden for you"}""", "400 Bad Request", "Forbidden for you")]
    [InlineData("""{"detail":[]}""", "422 Unprocessable Entity", null)]
    [InlineData("""{"detail":[1,null,"x"]}""", "422 Unprocessable Entity", null)]
    [InlineData("""{"detail":{"a":1}}""", "400 Bad Request", null)]
    [InlineData("""{"error":{"code":1},"error_description":7}""", "400 Bad Request", null)]
    public async Task FastAPIs_detail_is_read_as_a_text_and_as_a_list(string body, string status, string? says)
    {
        var error = await RefuseAsync(Wire.Json(body, status));

        Assert.Equal(says, error.ErrorDescription);
        Assert.Null(error.Error);
        NoSecret.In(error, Given.ClientSecret);
        if (says is not null)
            Assert.Contains($"It says: {says}. ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_command_a_terminal_are_made_harmless_and_long_ones_cut()
    {
        var error = await RefuseAsync(Wire.Json(
            $$"""{"error":"bad\u0007","error_description":"\u001b]0;owned\u0007\u001b[2J red\u202Eder\r\nnew line\u200b {{new string('x', 100_000)}}"}""",
            "400 Bad Request"));

        Assert.All(new[] { error.Message, error.Error!, error.ErrorDescription! }, text =>
        {
            Assert.DoesNotContain(text, char.IsControl);
            Assert.DoesNotContain('\u202e', text);
            Assert.DoesNotContain('\u200b', text);
        });
        Assert.True(error.Message.Length < 1500, $"{error.Message.Length} characters");
    }

    [Fact]
    public async Task A_wrong_password_at_SpatiaFi_is_told_in_its_own_words_and_known_for_what_it_is()
    {
        var wire = new Wire().Answers(Wire.Json("""{"detail":"LOGIN_BAD_CREDENTIALS"}""", "400 Bad Request"));

        var error = await Assert.ThrowsAsync<OAuthServerException>(() =>
            wire.ConnectAsync(new ConnectRequest { Provider = BuiltInProviders.Get("SpatiaFi"), Inputs = [Given.User] }));

        Assert.StartsWith(
            "The server refused the temporary token request to https://auth.spatiafi.com/api/v1/auth/jwt/token/basic with status 400. It says: LOGIN_BAD_CREDENTIALS. ",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(("InvalidGrant", OAuthErrorKind.Authentication), (error.ErrorId, error.Kind));
        Assert.StartsWith("Check the user name and the password", error.RecommendedAction, StringComparison.Ordinal);
        NoSecret.In(error, Given.Password);
    }

    [Theory]
    [InlineData("invalid_client: The App Credential is unknown.", "InvalidClient")]
    [InlineData("invalid_scope", "InvalidScope")]
    [InlineData("Invalid: invalid_client", "RequestRefused")]
    [InlineData("", "RequestRefused")]
    public async Task A_code_that_a_server_without_error_begins_its_words_with_counts_like_one(string detail, string errorId)
    {
        var wire = new Wire().Answers(Wire.Json($$"""{"detail":"{{detail}}"}""", "400 Bad Request"));

        Assert.Equal(errorId, (await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Given.SpatiaFi))).ErrorId);
    }

    [Fact]
    public async Task An_expired_refresh_token_of_a_session_that_a_person_opened_is_an_error_that_says_to_connect_again()
    {
        var wire = new Wire().Answers(
            Given.Token("first", 3600, "refresh-1"),
            Wire.Json("""{"error":"invalid_grant","error_description":"Refresh token refresh-1 is expired or revoked"}""", "400 Bad Request"));
        var session = await wire.ConnectAsync(Given.SpacebringCode);

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => session.RenewAsync(wire.Log));

        Assert.Equal("InvalidGrant", error.ErrorId);
        Assert.Contains("connect again", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("Refresh token *** is expired or revoked", error.ErrorDescription);
        Assert.Equal("first", (await session.GetTokenAsync()).TokenOf());
    }

    [Fact]
    public async Task A_failed_revocation_leaves_the_session_as_it_was()
    {
        var wire = new Wire().Answers(
            Given.Token("first", 3600, "refresh-1"),
            Wire.Json("""{"message":"token refresh-1 unknown"}""", "400 Bad Request"),
            "HTTP/1.1 200 OK");
        var session = await wire.ConnectAsync(Given.SpacebringCode);

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => session.RevokeAsync(wire.Log));

        NoSecret.In(error, "refresh-1", "first");
        NoSecret.In(wire.Log, "refresh-1", "first");
        Assert.Equal("first", (await session.GetTokenAsync()).TokenOf());
        await session.RevokeAsync();
    }

    private static async Task<OAuthServerException> RefuseAsync(string response)
    {
        var wire = new Wire().Otherwise(_ => response);
        return await Assert.ThrowsAsync<OAuthServerException>(() => wire.PassTimeUntilAsync(wire.ConnectAsync(Given.Blynk)));
    }
}
