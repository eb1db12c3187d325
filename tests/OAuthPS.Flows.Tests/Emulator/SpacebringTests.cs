using OAuthPS.Emulator;

namespace OAuthPS.Flows.Tests.Emulator;

public sealed class SpacebringTests : EmulatorTest
{
    private const string Client = "client_id=client%20id&client_secret=client+secret";
    private const string Network = "spacebring-network-id: 8f1ad2a0-3c64-4f4e-9d3e-0d6b6a2f7c11";

    private async Task<string> CodeAsync(string more = "")
    {
        var page = await AskAsync($"GET /spacebring/oauth2/authorize?client_id=client+id&redirect_uri=http%3A%2F%2F127.0.0.1%3A5000%2Fcb&response_type=code{more}");
        var form = SignInForm.Of(page.Body);
        var back = await PostFormAsync(form.Action, form.Filled("allow", DemoAccounts.SpacebringUserName, DemoAccounts.SpacebringPassword));
        return back.LocationParameter("code") ?? throw new InvalidOperationException(back.Body);
    }

    private Task<Reply> ExchangeAsync(string code) => PostFormAsync("/spacebring/oauth2/token", $"{Client}&grant_type=authorization_code&code={code}");

    private Task<Reply> RefreshAsync(string refreshToken)
        => PostFormAsync("/spacebring/oauth2/token", $"{Client}&grant_type=refresh_token&refresh_token={refreshToken}");

    [Fact]
    public async Task A_code_is_exchanged_for_both_tokens()
        => Assert.Equal(
            """200 {"access_token":"accessToken","expires_in":3600,"refresh_token":"refreshToken","scope":"resources locations","token_type":"Bearer"}""",
            (await ExchangeAsync(await CodeAsync())).Shape);

    [Theory]
    [InlineData("&scope=resources%20locations")]
    [InlineData("&scope=resources,locations")]
    public async Task Scopes_are_separated_by_spaces_or_commas_and_answered_with_spaces(string scope)
        => Assert.Equal("resources locations", (await ExchangeAsync(await CodeAsync(scope)))["scope"]);

    [Fact]
    public async Task Pkce_is_not_documented_and_so_not_looked_at()
    {
        var code = await CodeAsync("&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256");
        Assert.Equal(200, (await ExchangeAsync(code + "&code_verifier=another")).Status);
    }

    [Fact]
    public async Task A_refresh_answers_no_refresh_token_and_the_old_one_stays_good()
    {
        var first = await ExchangeAsync(await CodeAsync());
        Clock.Advance(TimeSpan.FromDays(3650));
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(
                """200 {"access_token":"accessToken","expires_in":3600,"scope":"resources locations","token_type":"Bearer"}""",
                (await RefreshAsync(first["refresh_token"])).Shape);
        }
    }

    [Fact]
    public async Task A_code_works_once_and_its_second_use_revokes_what_it_issued()
    {
        var code = await CodeAsync();
        var first = await ExchangeAsync(code);
        var second = await ExchangeAsync(code);
        Assert.Equal((400, "invalid_grant"), (second.Status, second["error"]));
        Assert.Equal(401, (await GetAsync("/spacebring/locations/v1", first["access_token"], Network)).Status);
        Assert.Equal("invalid_grant", (await RefreshAsync(first["refresh_token"]))["error"]);
    }

    [Fact]
    public async Task A_code_expires_after_ten_minutes()
    {
        var code = await CodeAsync();
        Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("invalid_grant", (await ExchangeAsync(code))["error"]);
    }

    [Theory]
    [InlineData("client_id=client+id&grant_type=authorization_code&code=x", 401, "invalid_client")]
    [InlineData("client_id=client+id&client_secret=wrong&grant_type=authorization_code&code=x", 401, "invalid_client")]
    [InlineData("client_id=unknown&client_secret=client+secret&grant_type=authorization_code&code=x", 401, "invalid_client")]
    [InlineData(Client + "&grant_type=authorization_code", 400, "invalid_request")]
    [InlineData(Client + "&grant_type=authorization_code&code=made-up", 400, "invalid_grant")]
    [InlineData(Client + "&grant_type=refresh_token", 400, "invalid_request")]
    [InlineData(Client + "&grant_type=refresh_token&refresh_token=made-up", 400, "invalid_grant")]
    [InlineData(Client + "&grant_type=client_credentials", 400, "unsupported_grant_type")]
    [InlineData(Client + "&code=x", 400, "invalid_request")]
    [InlineData(Client + "&grant_type=authorization_code&code=x&code=y", 400, "invalid_request")]
    public async Task A_token_request_that_is_not_right_is_refused(string form, int status, string error)
    {
        var reply = await PostFormAsync("/spacebring/oauth2/token", form);
        Assert.Equal((status, error), (reply.Status, reply["error"]));
        Assert.Equal(status == 401, reply.Headers.WwwAuthenticate.Count > 0);
    }

    [Fact]
    public async Task The_client_authenticates_in_the_body_and_nowhere_else()
    {
        var code = await CodeAsync();
        Assert.Equal("invalid_client", (await PostFormAsync("/spacebring/oauth2/token", $"grant_type=authorization_code&code={code}", SpacebringBasic))["error"]);
        Assert.Equal("invalid_request", (await PostFormAsync($"/spacebring/oauth2/token?{Client}&grant_type=authorization_code&code={code}", ""))["error"]);
        Assert.Equal("invalid_request", (await PostFormAsync("/spacebring/oauth2/token", $"{Client}&grant_type=authorization_code&code={code}", SpacebringBasic))["error"]);
        Assert.Equal("invalid_request", (await AskAsync("POST /spacebring/oauth2/token\nContent-Type: application/json\n\n{\"grant_type\":\"authorization_code\"}"))["error"]);
        Assert.Equal(200, (await ExchangeAsync(code)).Status);
    }

    [Theory]
    [InlineData("refresh_token")]
    [InlineData("access_token")]
    public async Task Revoking_either_token_in_the_query_ends_both(string which)
    {
        var tokens = await ExchangeAsync(await CodeAsync());
        Assert.Equal("200 {}", (await AskAsync($"POST /spacebring/oauth2/revoke?token={tokens[which]}")).Shape);
        Assert.Equal(401, (await GetAsync("/spacebring/locations/v1", tokens["access_token"], Network)).Status);
        Assert.Equal("invalid_grant", (await RefreshAsync(tokens["refresh_token"]))["error"]);
    }

    [Fact]
    public async Task A_revocation_reads_the_token_from_the_query_only()
    {
        var tokens = await ExchangeAsync(await CodeAsync());
        Assert.Equal(400, (await PostFormAsync("/spacebring/oauth2/revoke", $"token={tokens["refresh_token"]}")).Status);
        Assert.Equal(400, (await AskAsync("POST /spacebring/oauth2/revoke")).Status);
        Assert.Equal(405, (await AskAsync($"GET /spacebring/oauth2/revoke?token={tokens["refresh_token"]}")).Status);
        Assert.Equal(200, (await RefreshAsync(tokens["refresh_token"])).Status);
        Assert.Equal("200 {}", (await AskAsync("POST /spacebring/oauth2/revoke?token=never-issued")).Shape);
    }

    [Theory]
    [InlineData("resorces")]
    [InlineData("locations%20Benefits")]
    [InlineData("locations.write")]
    [InlineData(".readonly")]
    [InlineData("benefits,locations.readonly.readonly")]
    public async Task A_scope_that_the_description_does_not_have_is_refused(string scope)
    {
        var back = await AskAsync(
            $"GET /spacebring/oauth2/authorize?client_id=client+id&redirect_uri=http%3A%2F%2F127.0.0.1%3A5000%2Fcb&response_type=code&scope={scope}&state=s");
        Assert.Equal(
            (302, "http://127.0.0.1:5000/cb?error=invalid_scope&error_description=There%20is%20no%20such%20scope.&state=s"), (back.Status, back.Location));
    }

    [Theory]
    [InlineData("benefits.readonly,locations,shop,visitors.readonly", "benefits.readonly locations shop visitors.readonly")]
    // An operation of the description asks for it, the list of scopes leaves it out.
    [InlineData("benefits.create", "benefits.create")]
    public async Task Every_scope_of_the_description_is_granted(string asked, string granted)
        => Assert.Equal(granted, (await ExchangeAsync(await CodeAsync($"&scope={asked}")))["scope"]);
}
