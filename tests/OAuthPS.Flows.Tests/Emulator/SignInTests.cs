using OAuthPS.Emulator;

namespace OAuthPS.Flows.Tests.Emulator;

public sealed class SignInTests : EmulatorTest
{
    private const string Good = "/spacebring/oauth2/authorize?response_type=code&client_id=client%20id&redirect_uri=http%3A%2F%2Flocalhost%3A1%2Fcb";

    private Task<Reply> AnswerAsync(SignInForm form, string decision, string password = DemoAccounts.SpacebringPassword)
        => PostFormAsync(form.Action, form.Filled(decision, DemoAccounts.SpacebringUserName, password));

    [Fact]
    public async Task The_page_says_who_asks_for_what()
    {
        var page = await AskAsync($"GET {Good}&scope=resources,locations");
        Assert.Equal(200, page.Status);
        Assert.Equal("text/html; charset=utf-8", page.ContentHeaders.ContentType?.ToString());
        Assert.Contains("<strong>client id</strong>", page.Body, StringComparison.Ordinal);
        Assert.Contains("<li><code>resources</code></li><li><code>locations</code></li>", page.Body, StringComparison.Ordinal);
        Assert.Contains("<label for=\"password\">", page.Body, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markup_in_scope_and_state_stays_text()
    {
        // At Space, for Spacebring knows its scopes.
        var page = await AskAsync(
            "GET /space/oauth/auth?response_type=code&client_id=space-client&redirect_uri=http%3A%2F%2Flocalhost%3A1%2Fcb"
            + "&scope=%3Cscript%3Ealert(1)%3C%2Fscript%3E&state=%3Cscript%3Ealert(2)%3C%2Fscript%3E");
        Assert.DoesNotContain("<script", page.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page.Body, StringComparison.Ordinal);
        var form = SignInForm.Of(page.Body);
        var failed = await PostFormAsync(form.Action, form.Filled("allow", "\"><script>alert(3)</script>", "wrong"));
        Assert.DoesNotContain("<script", failed.Body, StringComparison.OrdinalIgnoreCase);
        var back = await PostFormAsync(form.Action, form.Filled("allow", DemoAccounts.SpaceUserName, DemoAccounts.SpacePassword));
        Assert.EndsWith("&state=%3Cscript%3Ealert(2)%3C%2Fscript%3E", back.Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a%20b")]
    [InlineData("a+b")]
    [InlineData("%2b%2F%3d")]
    [InlineData("%C3%BC-%FF")]
    public async Task State_comes_back_byte_for_byte(string state)
    {
        var form = SignInForm.Of((await AskAsync($"GET {Good}&state={state}")).Body);
        var back = await AnswerAsync(form, "allow");
        Assert.Equal(303, back.Status);
        Assert.Matches($"^http://localhost:1/cb\\?code=emulated_[A-Za-z0-9_-]{{43}}&state={state.Replace("+", "\\+", StringComparison.Ordinal)}$", back.Location);
    }

    [Fact]
    public async Task Denying_goes_back_with_access_denied_and_state()
    {
        var form = SignInForm.Of((await AskAsync($"GET {Good}&state=xyz")).Body);
        var back = await PostFormAsync(form.Action, form.Filled("deny", "", ""));
        Assert.Equal("http://localhost:1/cb?error=access_denied&error_description=The%20user%20denied%20the%20request.&state=xyz", back.Location);
    }

    [Fact]
    public async Task A_wrong_password_shows_the_page_again()
    {
        var form = SignInForm.Of((await AskAsync($"GET {Good}")).Body);
        var again = await AnswerAsync(form, "allow", "wrong");
        Assert.Equal(200, again.Status);
        Assert.Contains("role=\"alert\"", again.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"ada@example.com\"", again.Body, StringComparison.Ordinal);
        Assert.Equal(form, SignInForm.Of(again.Body));
        Assert.Equal(303, (await AnswerAsync(form, "allow")).Status);
    }

    [Fact]
    public async Task A_page_is_answered_once_and_within_ten_minutes()
    {
        var form = SignInForm.Of((await AskAsync($"GET {Good}")).Body);
        await AnswerAsync(form, "allow");
        Assert.Equal(400, (await AnswerAsync(form, "allow")).Status);
        Assert.Equal(400, (await AnswerAsync(form with { Hidden = "request_id=made-up" }, "allow")).Status);
        var late = SignInForm.Of((await AskAsync($"GET {Good}")).Body);
        Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(400, (await AnswerAsync(late, "allow")).Status);
    }

    [Theory]
    [InlineData("client_id=unknown&redirect_uri=http://127.0.0.1/cb")]
    [InlineData("client_id=client+id")]
    [InlineData("client_id=client+id&redirect_uri=http://evil.example/cb")]
    [InlineData("client_id=client+id&redirect_uri=https://app.example/callback/")]
    [InlineData("client_id=client+id&redirect_uri=http://user@127.0.0.1/cb")]
    [InlineData("client_id=client+id&redirect_uri=http://127.0.0.1@evil.example/cb")]
    [InlineData("client_id=client+id&redirect_uri=http://127.0.0.1.evil.example/cb")]
    [InlineData("client_id=client+id&redirect_uri=http://127.0.0.1/cb%23fragment")]
    [InlineData("client_id=client+id&redirect_uri=javascript:alert(1)")]
    [InlineData("client_id=client+id&redirect_uri=http://127.0.0.1/cb&redirect_uri=http://127.0.0.1/cb")]
    [InlineData("client_id=client+id&client_id=client+id&redirect_uri=http://127.0.0.1/cb")]
    public async Task An_unknown_client_or_redirect_uri_is_never_redirected_to(string query)
    {
        var page = await AskAsync($"GET /spacebring/oauth2/authorize?response_type=code&{query}");
        Assert.Equal((400, ""), (page.Status, page.Location));
        Assert.Contains("role=\"alert\"", page.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http%3A%2F%2F127.0.0.1%3A49152%2F")]
    [InlineData("http%3A%2F%2F%5B%3A%3A1%5D%3A8080%2Fa%2Fb%3Fc%3Dd")]
    [InlineData("https%3A%2F%2Fapp.example%2Fcallback")]
    public async Task A_registered_redirect_uri_is_taken_as_it_is(string redirectUri)
    {
        var form = SignInForm.Of((await AskAsync($"GET /spacebring/oauth2/authorize?response_type=code&client_id=client+id&redirect_uri={redirectUri}")).Body);
        var decoded = Uri.UnescapeDataString(redirectUri);
        Assert.StartsWith(decoded + (decoded.Contains('?', StringComparison.Ordinal) ? "&code=" : "?code="), (await AnswerAsync(form, "allow")).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "invalid_request")]
    [InlineData("&response_type=token", "unsupported_response_type")]
    [InlineData("&response_type=code&scope=a%22b", "invalid_scope")]
    [InlineData("&response_type=code&scope=a&scope=b", "invalid_request")]
    public async Task Any_other_error_goes_back_to_the_client(string more, string error)
    {
        var reply = await AskAsync($"GET /spacebring/oauth2/authorize?client_id=client+id&redirect_uri=http://127.0.0.1/cb&state=s{more}");
        Assert.Equal((302, error, "s"), (reply.Status, reply.LocationParameter("error"), reply.LocationParameter("state")));
    }

    [Fact]
    public async Task The_form_is_taken_from_its_page_only()
    {
        Assert.Equal(400, (await AskAsync("POST /spacebring/oauth2/authorize\nContent-Type: application/json\n\n{}")).Status);
        Assert.Equal(400, (await PostFormAsync("/spacebring/oauth2/authorize", "username=ada@example.com&password=spacebring-password&decision=allow")).Status);
        Assert.Equal(405, (await AskAsync("PUT /spacebring/oauth2/authorize")).Status);
    }
}
