namespace OAuthPS.Flows.Tests.Emulator;

public sealed class BlynkTests : EmulatorTest
{
    private const string WrongClient = """401 {"error":"invalid_client","error_description":"Client ID is not found or password is wrong."}""";

    // curl -X POST -u {clientId}:{clientSecret} https://{server_address}/oauth2/token?grant_type=client_credentials
    private Task<Reply> ConnectAsync() => AskAsync($"POST /blynk/oauth2/token?grant_type=client_credentials\nAuthorization: {BlynkBasic}");

    private Task<Reply> RefreshAsync(string refreshToken)
        => AskAsync($"POST /blynk/oauth2/token?grant_type=refresh_token&refresh_token={refreshToken}\nAuthorization: {BlynkBasic}");

    [Fact]
    public async Task Client_credentials_in_the_header_are_answered_with_both_tokens()
    {
        var reply = await ConnectAsync();
        Assert.Equal("""200 {"access_token":"accessToken","token_type":"Bearer","expires_in":86400,"refresh_token":"refreshToken"}""", reply.Shape);
        Assert.Equal("application/json", reply.ContentHeaders.ContentType?.ToString());
        Assert.Equal("no-store", reply.Headers.CacheControl?.ToString());
        Assert.Equal(200, (await GetAsync("/blynk/api/v1/organization/profile", reply["access_token"])).Status);
    }

    [Fact]
    public async Task Client_credentials_in_the_query_are_answered_alike()
    {
        var reply = await AskAsync("POST /blynk/oauth2/token?grant_type=client_credentials&client_id=oa2-client-id_demo&client_secret=blynk-secret");
        Assert.Equal("""200 {"access_token":"accessToken","token_type":"Bearer","expires_in":86400,"refresh_token":"refreshToken"}""", reply.Shape);
    }

    [Theory]
    // oa2-client-id_demo:wrong, unknown:blynk-secret, no colon, no base64, another scheme
    [InlineData("Basic b2EyLWNsaWVudC1pZF9kZW1vOndyb25n")]
    [InlineData("Basic dW5rbm93bjpibHluay1zZWNyZXQ=")]
    [InlineData("Basic b2EyLWNsaWVudC1pZF9kZW1v")]
    [InlineData("Basic %%%")]
    [InlineData("Bearer blynk-secret")]
    public async Task A_wrong_header_is_refused(string authorization)
    {
        var reply = await AskAsync($"POST /blynk/oauth2/token?grant_type=client_credentials\nAuthorization: {authorization}");
        Assert.Equal(WrongClient, reply.Shape);
        Assert.Contains("Basic", reply.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&client_id=oa2-client-id_demo")]
    [InlineData("&client_id=oa2-client-id_demo&client_secret=")]
    [InlineData("&client_id=oa2-client-id_demo&client_secret=wrong")]
    [InlineData("&Client_Id=oa2-client-id_demo&Client_Secret=blynk-secret")]
    public async Task A_wrong_query_is_refused(string credentials)
        => Assert.Equal(WrongClient, (await AskAsync($"POST /blynk/oauth2/token?grant_type=client_credentials{credentials}")).Shape);

    [Fact]
    public async Task Parameters_in_the_body_are_not_read()
    {
        Assert.Equal(
            """400 {"error":"invalid_request","error_description":"The parameter grant_type is missing."}""",
            (await PostFormAsync("/blynk/oauth2/token", "grant_type=client_credentials", BlynkBasic)).Shape);
        Assert.Equal(WrongClient, (await PostFormAsync(
            "/blynk/oauth2/token?grant_type=client_credentials", "client_id=oa2-client-id_demo&client_secret=blynk-secret")).Shape);
    }

    [Theory]
    [InlineData("grant_type=client_credentials&grant_type=client_credentials", "invalid_request")]
    [InlineData("grant_type=refresh_token", "invalid_request")]
    [InlineData("grant_type=refresh_token&refresh_token=made-up", "invalid_grant")]
    [InlineData("grant_type=password&username=ada&password=x", "unsupported_grant_type")]
    [InlineData("grant_type=client_credentials&client_id=oa2-client-id_demo&client_secret=blynk-secret", "invalid_request")]
    public async Task A_request_that_is_not_right_is_refused(string query, string error)
    {
        var reply = await AskAsync($"POST /blynk/oauth2/token?{query}\nAuthorization: {BlynkBasic}");
        Assert.Equal((400, error), (reply.Status, reply["error"]));
    }

    [Fact]
    public async Task Each_refresh_answers_a_new_refresh_token()
    {
        var first = await ConnectAsync();
        var second = await RefreshAsync(first["refresh_token"]);
        Assert.Equal("""200 {"access_token":"accessToken","token_type":"Bearer","expires_in":86400,"refresh_token":"refreshToken"}""", second.Shape);
        Assert.NotEqual(first["refresh_token"], second["refresh_token"]);
        Assert.NotEqual(first["access_token"], second["access_token"]);
        Assert.Equal(200, (await RefreshAsync(second["refresh_token"])).Status);
    }

    [Fact]
    public async Task A_used_refresh_token_is_refused()
    {
        var first = await ConnectAsync();
        await RefreshAsync(first["refresh_token"]);
        Assert.Equal(
            """400 {"error":"invalid_grant","error_description":"The refresh token is unknown, expired or was used before."}""",
            (await RefreshAsync(first["refresh_token"])).Shape);
    }

    [Fact]
    public async Task Of_32_clients_with_one_refresh_token_one_wins()
    {
        var refreshToken = (await ConnectAsync())["refresh_token"];
        var replies = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => RefreshAsync(refreshToken)));
        Assert.Single(replies, reply => reply.Status == 200);
        Assert.Equal(31, replies.Count(reply => reply.Status == 400));
    }

    [Fact]
    public async Task A_refresh_token_lives_as_long_as_the_access_token_of_its_answer()
    {
        var first = await ConnectAsync();
        var early = await ConnectAsync();
        Clock.Advance(TimeSpan.FromSeconds(86399));
        Assert.Equal(200, (await GetAsync("/blynk/api/v1/organization/profile", first["access_token"])).Status);
        var second = await RefreshAsync(early["refresh_token"]);
        Assert.Equal(200, second.Status);

        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(401, (await GetAsync("/blynk/api/v1/organization/profile", first["access_token"])).Status);
        Assert.Equal(
            """400 {"error":"invalid_grant","error_description":"The refresh token is unknown, expired or was used before."}""",
            (await RefreshAsync(first["refresh_token"])).Shape);
        Assert.Equal(200, (await RefreshAsync(second["refresh_token"])).Status);
    }

    [Fact]
    public async Task Settings_make_either_token_live_longer_or_shorter_than_the_other()
    {
        Server.Settings.TokenLifetime = TimeSpan.FromSeconds(4);
        var brief = await ConnectAsync();
        Server.Settings.RefreshTokenLifetime = TimeSpan.FromSeconds(2);
        var briefer = await ConnectAsync();
        Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(401, (await GetAsync("/blynk/api/v1/organization/profile", brief["access_token"])).Status);
        Assert.Equal("4", brief["expires_in"]);
        Assert.Equal(200, (await RefreshAsync(brief["refresh_token"])).Status);
        Assert.Equal("invalid_grant", (await RefreshAsync(briefer["refresh_token"]))["error"]);
    }

    [Fact]
    public async Task The_organization_has_the_members_that_the_description_requires()
        => Assert.Equal(
            """200 {"id":1,"name":"Demo Organization","tz":"Europe/Kyiv","lastModifiedTs":1694707051504}""",
            (await GetAsync("/blynk/api/v1/organization/profile", (await ConnectAsync())["access_token"])).Shape);

    [Theory]
    [InlineData("GET /blynk/oauth2/token?grant_type=client_credentials", 405)]
    [InlineData("POST /blynk/oauth2/token/?grant_type=client_credentials", 404)]
    [InlineData("POST /blynk/OAuth2/token?grant_type=client_credentials", 404)]
    [InlineData("GET /blynk/api/v1/organization/profile", 401)]
    public async Task A_wrong_method_or_path_is_refused(string request, int status)
    {
        var reply = await AskAsync(request);
        Assert.Equal(status, reply.Status);
        if (status == 405)
            Assert.Equal(["POST"], reply.ContentHeaders.Allow);
    }
}
