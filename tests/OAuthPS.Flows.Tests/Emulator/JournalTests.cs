using System.Text.Json;
using OAuthPS.Emulator;

namespace OAuthPS.Flows.Tests.Emulator;

public sealed class JournalTests : EmulatorTest
{
    private JournalEntry Last => Server.Journal.Entries[^1];

    private string Shown => JsonSerializer.Serialize(Server.Journal.Entries);

    [Fact]
    public async Task A_request_is_entered_with_its_secrets_masked()
    {
        await AskAsync($"POST /blynk/oauth2/token?grant_type=refresh_token&refresh_token=hidden-1\nAuthorization: {BlynkBasic}\nX-Trace: 7");
        Assert.Equal("Blynk", Last.Provider);
        Assert.Equal("POST", Last.Method);
        Assert.Equal("/blynk/oauth2/token", Last.Path);
        Assert.Equal("grant_type=refresh_token&refresh_token=***", Last.Query);
        Assert.Equal("Basic ***", Last.RequestHeaders["Authorization"]);
        Assert.Equal("7", Last.RequestHeaders["X-Trace"]);
        Assert.Equal(400, Last.Status);
        Assert.Equal(Clock.GetUtcNow(), Last.Time);
    }

    [Fact]
    public async Task What_is_no_secret_stays_readable()
    {
        await PostFormAsync(
            "/space/oauth/token",
            "grant_type=authorization_code&client_id=space-public&scope=Project:*&redirect_uri=http%3A%2F%2F127.0.0.1%2Fcb&state=s&code_challenge=c&code=hidden&code_verifier=hidden");
        Assert.Equal(
            "grant_type=authorization_code&client_id=space-public&scope=Project:*&redirect_uri=http%3A%2F%2F127.0.0.1%2Fcb&state=s&code_challenge=c&code=***&code_verifier=***",
            Last.RequestBody);
        Assert.Equal("application/x-www-form-urlencoded", Last.RequestContentType);
    }

    [Fact]
    public async Task The_tokens_of_an_answer_are_masked()
    {
        var reply = await AskAsync($"POST /blynk/oauth2/token?grant_type=client_credentials\nAuthorization: {BlynkBasic}");
        Assert.Equal("""{"access_token":"***","token_type":"Bearer","expires_in":86400,"refresh_token":"***"}""", Last.ResponseBody);
        await GetAsync("/blynk/api/v1/organization/profile", reply["access_token"]);
        Assert.DoesNotContain(reply["access_token"], Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_of_a_new_app_credential_is_masked()
    {
        var token = await AskAsync("GET /spatiafi/api/v1/auth/jwt/token/basic\nAuthorization: Basic YWRhQGV4YW1wbGUuY29tOmNvcnJlY3QgaG9yc2UgYmF0dGVyeSBzdGFwbGU=");
        var created = await AskAsync($"POST /spatiafi/api/v1/clients/\nAuthorization: Bearer {token["access_token"]}");
        Assert.Contains("\"client_secret\":\"***\"", Last.ResponseBody, StringComparison.Ordinal);
        Assert.DoesNotContain(created["client_secret"], Shown, StringComparison.Ordinal);
        Assert.Contains(created["client_id"], Shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("code")]
    [InlineData("token")]
    public async Task A_sign_in_shows_neither_password_nor_what_the_redirect_carries(string responseType)
    {
        var page = await AskAsync($"GET /space/oauth/auth?response_type={responseType}&client_id=space-client&scope=**&redirect_uri=http%3A%2F%2F127.0.0.1%2Fcb&state=visible");
        var form = SignInForm.Of(page.Body);
        var back = await PostFormAsync(form.Action, form.Filled("allow", "ada", "space-password"));
        Assert.Contains("visible", Last.ResponseHeaders["Location"], StringComparison.Ordinal);
        Assert.DoesNotContain((back.LocationParameter("code") ?? back.LocationParameter("access_token"))!, Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("space-password", Shown, StringComparison.Ordinal);
        Assert.Contains("username=ada&password=***&decision=allow", Last.RequestBody, StringComparison.Ordinal);
    }

    public static TheoryData<string> Awkward => new()
    {
        "POST /blynk/oauth2/token?CLIENT_SECRET=hidden",
        "POST /blynk/oauth2/token?client%5Fsecret=hidden",
        "POST /blynk/oauth2/token?client%255fsecret=hidden",
        "POST /blynk/oauth2/token?clientSecret=hidden&Client-Secret=hidden&client_secret[]=hidden",
        "POST /blynk/oauth2/token?client_secret=a=hidden",
        "POST /blynk/oauth2/token&client_secret=hidden",
        "POST /blynk/oauth2/token;Password=hidden",
        "POST /blynk/oauth2/token?redirect_uri=http%3A%2F%2F127.0.0.1%2F%3Fcode%3Dhidden",
        "POST /blynk/oauth2/token?x=%7B%22token%22%3A%22hidden%22%7D",
        "GET /blynk/api/v1/organization/profile\nAuthorization: hidden",
        "GET /blynk/api/v1/organization/profile\nAuthorization: hidden hidden",
        "GET /blynk/api/v1/organization/profile\nauthorization: bEARER hidden",
        "GET /blynk/api/v1/organization/profile\nProxy-Authorization: Basic hidden\nCookie: a=hidden\nClient_Secret: hidden",
        "GET /blynk/api/v1/organization/profile\nReferer: http://127.0.0.1/cb?Code=hidden#Access_Token=hidden",
        "GET /blynk/api/v1/organization/profile\nX-Debug: refresh_token=hidden",
        "POST /space/oauth/token\nContent-Type: text/plain\n\nclient_secret=hidden",
        "POST /space/oauth/token\nContent-Type: multipart/form-data; boundary=x\n\n--x\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nhidden\r\n--x--",
        "POST /space/oauth/token\n\nclient_secret=hidden",
        "POST /space/oauth/token\nContent-Type: application/x-www-form-urlencoded\n\n{\"client_secret\":\"hidden\"}",
        "POST /space/oauth/token\nContent-Type: application/x-www-form-urlencoded\n\n{\"client_secret\":\"hidden=\"}",
        "POST /space/oauth/token\nContent-Type: application/x-www-form-urlencoded\n\n%70assword=hidden&+code=hidden",
        "POST /space/oauth/token\nContent-Type: application/json\n\nclient_secret=hidden",
        "POST /space/oauth/token\nContent-Type: application/json\n\n\"client_secret=hidden\"",
        "POST /space/oauth/token\nContent-Type: application/json\n\n{\"a\":[{\"Access_Token\":{\"b\":\"hidden\"}}],\"ID_TOKEN\":[\"hidden\"],\"device_code\":\"hidden\"}",
        "POST /space/oauth/token\nContent-Type: application/json\n\n{\"client_secret\":\"hidden\"",
        "POST /space/oauth/token\nContent-Type: application/json\n\n{\"client_secret\":\"hidden\",\"\\ud800\":\"\\ud800\"}",
        "POST /space/oauth/token\nContent-Type: application/json; client_assertion=hidden\n\n{}",
    };

    [Theory]
    [MemberData(nameof(Awkward))]
    public async Task A_secret_in_an_awkward_place_does_not_show(string request)
    {
        await AskAsync(request);
        Assert.Single(Server.Journal.Entries);
        Assert.DoesNotContain("hidden", Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_an_unknown_type_is_counted()
    {
        await AskAsync("POST /space/oauth/token\nContent-Type: text/plain\n\nclient_secret=hidden");
        Assert.Equal("(20 bytes)", Last.RequestBody);
    }

    [Fact]
    public async Task The_journal_is_read_and_cleared_over_http()
    {
        await AskAsync("POST /blynk/oauth2/token?grant_type=client_credentials&client_secret=hidden");
        using var document = JsonDocument.Parse((await AskAsync("GET /_emulator/journal")).Body);
        var entry = Assert.Single(document.RootElement.EnumerateArray());
        Assert.Equal(
            ["id", "time", "provider", "method", "path", "query", "requestHeaders", "requestContentType", "requestBody", "status", "responseHeaders", "responseBody"],
            entry.EnumerateObject().Select(member => member.Name));
        Assert.Equal("2026-01-02T03:04:05+00:00", entry.GetProperty("time").GetString());
        Assert.Equal(204, (await AskAsync("DELETE /_emulator/journal")).Status);
        Assert.Equal("[]", (await AskAsync("GET /_emulator/journal")).Body);
    }

    [Fact]
    public async Task A_path_of_no_provider_is_entered_without_one()
    {
        Assert.Equal(404, (await AskAsync("GET /elsewhere")).Status);
        Assert.Null(Last.Provider);
    }
}
