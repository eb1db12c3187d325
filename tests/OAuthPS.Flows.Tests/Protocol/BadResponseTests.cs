namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>What is no token response gives an error with a stable id that says what to do next, and leaves the session as it was.</summary>
public class BadResponseTests
{
    private const string Html = "<!doctype html><title>502</title><p>client secret first-token refresh-1";

    public static TheoryData<string, string, Type> Answers => new()
    {
        { $"HTTP/1.1 500 Internal Server Error\nContent-Type: text/html\n\n{Html}", "ServerError", typeof(OAuthServerException) },
        { $"HTTP/1.1 200 OK\nContent-Type: text/html\n\n{Html}", "ResponseNotJson", typeof(OAuthProtocolException) },
        { "HTTP/1.1 200 OK\nContent-Type: application/json", "ResponseEmpty", typeof(OAuthProtocolException) },
        { "HTTP/1.1 204 No Content", "ResponseEmpty", typeof(OAuthProtocolException) },
        { "HTTP/1.1 500 Internal Server Error", "ServerError", typeof(OAuthServerException) },
        { "HTTP/1.1 404 Not Found\nContent-Type: application/json\n\n{\"detail\":\"Not Found\"}", "EndpointNotFound", typeof(OAuthServerException) },
        { "HTTP/1.1 400 Bad Request\nContent-Type: application/json\n\n[1]", "RequestRefused", typeof(OAuthServerException) },
        { "HTTP/1.1 403 Forbidden", "UnauthorizedClient", typeof(OAuthServerException) },
        { "HTTP/1.1 418 I'm a teapot", "RequestRefused", typeof(OAuthServerException) },
        { "HTTP/1.1 304 Not Modified", "RequestRefused", typeof(OAuthServerException) },
        { "HTTP/1.1 302 Found", "RequestRefused", typeof(OAuthServerException) },
        { Wire.Json("""{"access_token":"leaked-token","expires_in":36"""), "ResponseNotJson", typeof(OAuthProtocolException) },
        { Wire.Json("""["leaked-token"]"""), "ResponseNotJson", typeof(OAuthProtocolException) },
        { Wire.Json("null"), "ResponseNotJson", typeof(OAuthProtocolException) },
        { Wire.Json("\"leaked-token\""), "ResponseNotJson", typeof(OAuthProtocolException) },
        { Wire.Json("42"), "ResponseNotJson", typeof(OAuthProtocolException) },
        { Wire.Json("   "), "ResponseNotJson", typeof(OAuthProtocolException) },
        { Wire.Json("""{"access_token":{"value":"leaked-token"}}"""), "ResponseNotJson", typeof(OAuthProtocolException) },
        { Wire.Json("""{"access_token":42}"""), "ResponseNotJson", typeof(OAuthProtocolException) },
        { Wire.Json(new string('[', 100_000)), "ResponseNotJson", typeof(OAuthProtocolException) },
        { Wire.Json("""{"token":"leaked-token"}"""), "ResponseIncomplete", typeof(OAuthProtocolException) },
        { Wire.Json("""{"access_token":null}"""), "ResponseIncomplete", typeof(OAuthProtocolException) },
        { Wire.Json("""{"access_token":""}"""), "ResponseIncomplete", typeof(OAuthProtocolException) },
        { Wire.Json("""{"access_token":"leaked-token\r\nX-Evil: 1"}"""), "ResponseIncomplete", typeof(OAuthProtocolException) },
        { Wire.Json("""{"access_token":"lëaked-token"}"""), "ResponseIncomplete", typeof(OAuthProtocolException) },
        { Wire.Json("""{"access_token":"leaked-token","refresh_token":"a b"}"""), "ResponseIncomplete", typeof(OAuthProtocolException) },
        { Wire.Json("""{"access_token":"leaked-token","access_token":"other-token"}"""), "ResponseIncomplete", typeof(OAuthProtocolException) },
        { Wire.Json("""{"id_token":"leaked-token","token_type":"Bearer"}"""), "ResponseIncomplete", typeof(OAuthProtocolException) },
        { Wire.Json("""{"access_token":1,"access_token":"leaked-token"}"""), "ResponseNotJson", typeof(OAuthProtocolException) },
        { Wire.Json("""{"access_token":"leaked-token","refresh_token":[],"refresh_token":"r"}"""), "ResponseNotJson", typeof(OAuthProtocolException) },
        { Wire.Json("""{"access_token":"leaked-token","x\ud800":1}"""), "ResponseNotJson", typeof(OAuthProtocolException) },
        { Wire.Json("""{"access_token":"leaked-token\ud800"}"""), "ResponseNotJson", typeof(OAuthProtocolException) },
        { Wire.Json("""{"access_token":"leaked-token","token_type":"mac"}"""), "TokenTypeUnknown", typeof(OAuthProtocolException) },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_connection_answered_like_this_fails_with_a_stable_id_and_no_secret(string response, string errorId, Type type)
    {
        var wire = new Wire().Otherwise(_ => response);

        var error = Assert.IsAssignableFrom<OAuthException>(await Record.ExceptionAsync(() => wire.PassTimeUntilAsync(wire.ConnectAsync(Given.Blynk))));

        AssertSaysWhatToDo(error, errorId, type);
        NoSecret.In(error, Given.ClientSecret, "leaked-token");
        NoSecret.In(wire.Log, Given.ClientSecret, "leaked-token");
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_renewal_answered_like_this_leaves_the_session_as_it_was(string response, string errorId, Type type)
    {
        var wire = new Wire().Answers(Given.Token("first-token", 3600, "refresh-1"), response, Given.Token("second-token", 3600, "refresh-2"));
        var session = await wire.ConnectAsync(Given.Blynk);

        var error = Assert.IsAssignableFrom<OAuthException>(await Record.ExceptionAsync(() => session.RenewAsync(wire.Log)));

        AssertSaysWhatToDo(error, errorId, type);
        NoSecret.In(error, Given.ClientSecret, "first-token", "refresh-1", "leaked-token");
        NoSecret.In(wire.Log, Given.ClientSecret, "first-token", "refresh-1", "leaked-token");
        Assert.Equal("first-token", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal("second-token", (await session.RenewAsync()).TokenOf());

        // Of what is refused, a new refresh token is kept all the same: the old one may be dead.
        var newest = response.Contains("\"refresh_token\":\"r\"", StringComparison.Ordinal) ? "r" : "refresh-1";
        Assert.Contains($"refresh_token={newest}\n", wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scope_that_is_half_a_character_does_not_cost_the_token()
    {
        var wire = new Wire().Answers(Wire.Json("""{"access_token":"t","expires_in":60,"scope":"\ud800"}"""));

        var session = await wire.ConnectAsync(Given.Blynk);

        Assert.Equal("t", (await session.GetTokenAsync()).TokenOf());
        Assert.Null(session.Scope);
    }

    [Theory]
    [InlineData("Retry-After: 31", 31, "Wait 31 s")]
    [InlineData("Retry-After: Fri, 02 Jan 2026 03:05:05 GMT", 60, "Wait 60 s")]
    [InlineData("Date: Fri, 02 Jan 2015 03:04:05 GMT\nRetry-After: Fri, 02 Jan 2015 03:05:05 GMT", 60, "Wait 60 s")]
    [InlineData("Retry-After: soon", null, "Wait a while")]
    [InlineData("Retry-After: -5", null, "Wait a while")]
    [InlineData("X-Other: 1", null, "Wait a while")]
    public async Task Too_many_requests_says_how_long_to_wait_and_is_not_repeated_by_itself_when_that_is_long_or_not_known(string header, int? seconds, string says)
    {
        var wire = new Wire().Answers($"HTTP/1.1 429 Too Many Requests\n{header}\nContent-Type: application/json\n\n{{\"error\":\"invalid_request\"}}");

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Given.Blynk));

        Assert.Equal(("TooManyRequests", OAuthErrorKind.LimitsExceeded), (error.ErrorId, error.Kind));
        Assert.Equal(seconds, error.RetryAfter?.TotalSeconds);
        Assert.Contains(says, error.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(wire.Requests);
    }

    private static void AssertSaysWhatToDo(OAuthException error, string errorId, Type type)
    {
        Assert.Equal((type, errorId), (error.GetType(), error.ErrorId));
        Assert.Matches(@"^[A-Z'].*[.…]$", error.RecommendedAction);
        Assert.EndsWith(error.RecommendedAction, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
