namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>When a token is renewed, by what, and what becomes of the session when that fails.</summary>
public class RenewalTests
{
    private const string InvalidGrant = """{"error":"invalid_grant","error_description":"expired"}""";

    [Theory]
    [InlineData(86400, 60)]
    [InlineData(3600, 60)]
    [InlineData(601, 60)]
    [InlineData(600, 60)]
    [InlineData(300, 30)]
    [InlineData(10, 1)]
    public async Task A_token_is_renewed_when_its_margin_is_left_and_not_before(int lifetime, int margin)
    {
        var wire = new Wire().Answers(Given.Token("first", lifetime), Given.Token("second", lifetime));
        var session = await wire.ConnectAsync(Given.Blynk);

        wire.Clock.Advance(TimeSpan.FromSeconds(lifetime - margin) - TimeSpan.FromTicks(1));
        Assert.Equal("first", (await session.GetTokenAsync()).TokenOf());
        Assert.Single(wire.Requests);

        wire.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("second", (await session.GetTokenAsync()).TokenOf());
    }

    [Fact]
    public async Task A_minimum_lifetime_renews_a_token_that_would_end_before()
    {
        var wire = new Wire().Answers(Given.Token("first", 3600), Given.Token("second", 3600));
        var session = await wire.ConnectAsync(Given.Blynk);
        wire.Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal("first", (await session.GetTokenAsync(TimeSpan.FromMinutes(30) - TimeSpan.FromTicks(1))).TokenOf());
        Assert.Equal("second", (await session.GetTokenAsync(TimeSpan.FromMinutes(30))).TokenOf());
        Assert.Equal("second", (await session.GetTokenAsync(TimeSpan.FromMinutes(59))).TokenOf());
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task A_minimum_lifetime_beyond_what_the_provider_gives_gives_the_newest_token_with_a_warning()
    {
        var wire = new Wire().Answers(Given.Token("first", 600), Given.Token("second", 600));
        var session = await wire.ConnectAsync(Given.Blynk);

        Assert.Equal("second", (await session.GetTokenAsync(TimeSpan.FromHours(1), wire.Log)).TokenOf());
        Assert.Contains(wire.Log.Warnings, warning => warning.Contains("shorter than asked for", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_refresh_token_is_followed_by_the_client_credentials_again()
    {
        var wire = new Wire().Answers(
            Given.Token("first", 600, "refresh-1"), Wire.Json(InvalidGrant, "400 Bad Request"), Given.Token("second", 600, "refresh-2"), Given.Token("third", 600, "refresh-3"));
        var session = await wire.ConnectAsync(Given.Blynk);

        Assert.Equal("second", (await session.RenewAsync()).TokenOf());
        await session.RenewAsync();

        Assert.Equal(
            [
                "POST https://fra1.blynk.cloud/oauth2/token?grant_type=client_credentials",
                "POST https://fra1.blynk.cloud/oauth2/token?grant_type=refresh_token&refresh_token=refresh-1",
                "POST https://fra1.blynk.cloud/oauth2/token?grant_type=client_credentials",
                "POST https://fra1.blynk.cloud/oauth2/token?grant_type=refresh_token&refresh_token=refresh-2",
            ],
            wire.Requests.Select(request => request.Split('\n')[0]));
    }

    // RFC 6749 section 4.4.3: no refresh token goes with client credentials. A server that gives one all the same may not take it.
    [Theory]
    [InlineData("unsupported_grant_type")]
    [InlineData("unauthorized_client")]
    public async Task A_refresh_token_that_the_server_gives_and_does_not_take_is_followed_by_the_client_credentials_again(string error)
    {
        var wire = new Wire().Answers(
            Given.Token("first", 600, "refresh-1"), Wire.Json($$"""{"error":"{{error}}"}""", "400 Bad Request"), Given.Token("second", 600, "refresh-1"));
        var session = await wire.ConnectAsync(Given.Blynk);
        wire.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("second", (await session.GetTokenAsync()).TokenOf());
        Assert.StartsWith("POST https://fra1.blynk.cloud/oauth2/token?grant_type=client_credentials\n", wire.LastRequest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":"invalid_client"}""", "401 Unauthorized")]
    [InlineData("""{"error":"temporarily_unavailable"}""", "503 Service Unavailable")]
    [InlineData("oops", "500 Internal Server Error")]
    public async Task Any_other_refusal_is_not_followed_by_the_client_credentials(string body, string status)
    {
        var wire = new Wire().Answers(Given.Token("first", 600, "refresh-1"), Wire.Json(body, status));
        var session = await wire.ConnectAsync(Given.Blynk);

        await Assert.ThrowsAsync<OAuthServerException>(() => session.RenewAsync());

        Assert.Equal(2, wire.Requests.Count);
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Internal Server Error")]
    [InlineData("HTTP/1.1 503 Service Unavailable\nRetry-After: 3600")]
    [InlineData("HTTP/1.1 429 Too Many Requests\nRetry-After: 5")]
    [InlineData("HTTP/1.1 307 Temporary Redirect\nLocation: https://evil.example/")]
    public async Task A_passing_failure_within_the_margin_gives_the_old_token_with_a_warning(string response)
    {
        var wire = new Wire().Answers(Given.Token("first", 3600, "refresh-1"), response, response, Given.Token("second", 3600, "refresh-2"));
        var session = await wire.ConnectAsync(Given.Blynk);
        wire.Clock.Advance(TimeSpan.FromSeconds(3550));

        Assert.Equal("first", (await session.GetTokenAsync(log: wire.Log)).TokenOf());

        var warning = Assert.Single(wire.Log.WarningNotices);
        Assert.StartsWith("The token could not be renewed and is used until 2026-01-02 04:04:05Z. ", warning.Message, StringComparison.Ordinal);
        Assert.EndsWith(warning.Failure!.Message, warning.Message, StringComparison.Ordinal);
        NoSecret.In(wire.Log, Given.ClientSecret, "refresh-1");
        wire.Clock.Advance(TimeSpan.FromSeconds(50));
        await Assert.ThrowsAnyAsync<OAuthException>(() => session.GetTokenAsync().AsTask());
        Assert.True(session.IsExpired);
        Assert.Equal("second", (await session.GetTokenAsync()).TokenOf());
    }

    [Fact]
    public async Task A_failure_that_does_not_pass_is_reported_even_while_the_token_is_valid()
    {
        var wire = new Wire().Answers(Given.Token("first", 3600), Wire.Json("""{"error":"invalid_client"}""", "401 Unauthorized"));
        var session = await wire.ConnectAsync(Given.Blynk);
        wire.Clock.Advance(TimeSpan.FromSeconds(3550));

        Assert.Equal("InvalidClient", (await Assert.ThrowsAsync<OAuthServerException>(() => session.GetTokenAsync().AsTask())).ErrorId);
        Assert.False(session.IsExpired);
    }

    [Fact]
    public async Task A_minimum_lifetime_that_cannot_be_met_is_not_met_by_a_shorter_one()
    {
        var wire = new Wire().Answers(Given.Token("first", 3600)).Otherwise(_ => "HTTP/1.1 500 Internal Server Error");
        var session = await wire.ConnectAsync(Given.Blynk);

        await Assert.ThrowsAsync<OAuthServerException>(() => wire.PassTimeUntilAsync(session.GetTokenAsync(TimeSpan.FromHours(2)).AsTask()));
    }

    [Fact]
    public async Task A_session_that_needs_a_person_uses_its_token_to_the_end_and_then_says_so()
    {
        var wire = new Wire().Answers(Given.Token("only", 3600));
        var session = await wire.ConnectAsync(Given.SpacebringCode);
        Assert.False(session.CanRefresh);

        wire.Clock.Advance(TimeSpan.FromSeconds(3599));
        Assert.Equal("only", (await session.GetTokenAsync()).TokenOf());
        wire.Clock.Advance(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<OAuthUsageException>(() => session.GetTokenAsync().AsTask());
        Assert.Equal("SessionCannotRenew", error.ErrorId);
        Assert.Equal(("Connect again.", "AuthorizationCode"), (error.RecommendedAction, error.Flow));
        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task A_password_session_renews_without_asking_anyone()
    {
        var wire = new Wire().Answers(Given.Token("first", 600, "refresh-1"), Wire.Json(InvalidGrant, "400 Bad Request"), Given.Token("second", 600, "refresh-2"));
        var session = await wire.ConnectAsync(Given.Space with { Inputs = [Given.User], Scope = ["**"] });

        Assert.Equal("second", (await session.RenewAsync()).TokenOf());
        Assert.Contains("grant_type=password", wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_of_HTTP_Basic_has_no_token_and_says_what_to_use_instead()
    {
        var wire = new Wire();
        var session = await wire.ConnectAsync(Given.SpacebringBasic);

        foreach (var use in new Func<Task>[] { () => session.GetTokenAsync().AsTask(), () => session.RenewAsync(), () => session.RevokeAsync() })
            Assert.Equal("SessionHasNoToken", (await Assert.ThrowsAsync<OAuthUsageException>(use)).ErrorId);
        Assert.False(session.IsExpired);
        Assert.False(session.CanRefresh);
        Assert.Equal("Basic Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=", (await session.GetRequestHeadersAsync())["authorization"].Reveal());
        Assert.Empty(wire.Requests);
    }

    [Fact]
    public async Task Nothing_that_a_session_shows_is_a_secret()
    {
        var wire = new Wire().Answers(Given.Token("first-token", 600, "refresh-1"));
        var session = await wire.ConnectAsync(Given.Blynk);
        var token = await session.GetTokenAsync();
        var headers = await session.GetRequestHeadersAsync();

        var shown = string.Join('\n', new object[] { session, token, Given.Blynk, Given.Client, Given.User, Given.SpacebringCode, headers["Authorization"] }.Append(
            string.Join('\n', session.GetType().GetProperties().Select(property => property.GetValue(session)))))
            + System.Text.Json.JsonSerializer.Serialize(token) + System.Text.Json.JsonSerializer.Serialize(headers);

        NoSecret.In(shown, "first-token", "refresh-1", Given.ClientSecret, Given.Password);
    }
}
