using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Tests.Interaction;

namespace OAuthPS.Flows.Tests.Services;

/// <summary>Where a person's browser is sent and what is exchanged after it, word for word after each service's documentation.</summary>
public sealed class PersonRequestTests : ServiceTest
{
    private const string Form = "Accept: application/json\nContent-Type: application/x-www-form-urlencoded\n\n";

    private static ConnectRequest Public(ConnectRequest request) => request with { Client = new OAuthClient("app") };

    // https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
    [Fact]
    public async Task GitHub_with_a_secret()
    {
        var (address, exchange) = await SignInAsync(
            To("GitHub") with { Scope = ["repo", "read:org"] }, Tests.Wire.Json("""{"access_token":"at","scope":"repo,read:org","token_type":"bearer"}"""));

        Assert.Equal("https://github.com/login/oauth/authorize?response_type=code&client_id=client%20id&redirect_uri=<redirect>&state=<state>&code_challenge=<challenge>&code_challenge_method=S256&scope=repo%20read%3Aorg", address);
        Assert.Equal($"POST https://github.com/login/oauth/access_token\n{Form}grant_type=authorization_code&code=the-code&redirect_uri=<redirect>&code_verifier=<verifier>&client_id=client+id&client_secret=client+secret", exchange);
    }

    [Fact]
    public async Task GitHub_on_another_device()
    {
        Wire.Answers(
            Tests.Wire.Json("""{"device_code":"dc","user_code":"WDJB-MJHT","verification_uri":"https://github.com/login/device","expires_in":900,"interval":5}"""),
            Tests.Wire.Json("""{"error":"authorization_pending","error_description":"The authorization request is still pending."}"""),
            Tests.Wire.Json("""{"access_token":"at","token_type":"bearer","scope":"repo"}"""));
        var prompt = new RecordingPrompt();

        var session = await Wire.PassTimeUntilAsync(
            OAuthConnection.ConnectAsync(Public(To("GitHub")) with { Flow = OAuthFlow.DeviceCode, Scope = ["repo"] }, prompt, Wire.Transport, Wire.Log));

        Assert.Equal($"POST https://github.com/login/device/code\n{Form}scope=repo&client_id=app", Sent[0]);
        Assert.Equal($"POST https://github.com/login/oauth/access_token\n{Form}grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=dc&client_id=app", Sent[1]);
        Assert.Contains("WDJB-MJHT", prompt.Shown, StringComparison.Ordinal);
        Assert.Equal((3, null), (Sent.Count, session.ExpiresAt));
    }

    // https://docs.gitlab.com/api/oauth2/
    [Fact]
    public async Task GitLab_of_ones_own_with_a_public_client()
    {
        var (address, exchange) = await SignInAsync(
            Public(To("GitLab")) with { Scope = ["read_user", "profile"], ServiceUrl = new Uri("https://gitlab.example.com") },
            Tests.Wire.Json("""{"access_token":"at","token_type":"bearer","expires_in":7200,"refresh_token":"rt","created_at":1607635748}"""));

        Assert.StartsWith("https://gitlab.example.com/oauth/authorize?response_type=code&client_id=app&redirect_uri=<redirect>&state=<state>&code_challenge=<challenge>&code_challenge_method=S256&scope=read_user%20profile", address, StringComparison.Ordinal);
        Assert.Equal($"POST https://gitlab.example.com/oauth/token\n{Form}grant_type=authorization_code&code=the-code&redirect_uri=<redirect>&code_verifier=<verifier>&client_id=app", exchange);
    }

    // https://developers.google.com/identity/protocols/oauth2/native-app
    [Fact]
    public async Task Google_for_a_refresh_token_with_the_secret_of_a_desktop_app()
    {
        var (address, exchange) = await SignInAsync(
            To("Google") with { Scope = ["https://www.googleapis.com/auth/drive.readonly"] },
            Tests.Wire.Json("""{"access_token":"at","expires_in":3920,"token_type":"Bearer","scope":"https://www.googleapis.com/auth/drive.readonly","refresh_token":"rt"}"""));

        Assert.StartsWith("https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=client%20id&", address, StringComparison.Ordinal);
        Assert.Contains("&access_type=offline", address, StringComparison.Ordinal);
        Assert.Equal($"POST https://oauth2.googleapis.com/token\n{Form}grant_type=authorization_code&code=the-code&redirect_uri=<redirect>&code_verifier=<verifier>&client_id=client+id&client_secret=client+secret", exchange);
    }

    // https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-device-code
    [Fact]
    public async Task EntraID_on_another_device()
    {
        var request = Public(To("EntraID", "Tenant=organizations")) with { Flow = OAuthFlow.DeviceCode, Scope = ["User.Read", "offline_access"] };
        Announce(request);
        Wire.Answers(
            Tests.Wire.Json("""{"user_code":"ABCDEFGHJ","device_code":"dc","verification_uri":"https://microsoft.com/devicelogin","expires_in":900,"interval":5,"message":"m"}"""),
            Tests.Wire.Json("""{"token_type":"Bearer","scope":"User.Read","expires_in":3599,"access_token":"at","refresh_token":"rt"}"""));

        var session = await Wire.PassTimeUntilAsync(OAuthConnection.ConnectAsync(request, new RecordingPrompt(), Wire.Transport, Wire.Log));

        Assert.Equal($"POST https://login.microsoftonline.com/organizations/oauth2/v2.0/devicecode\n{Form}scope=User.Read+offline_access&client_id=app", Sent[0]);
        Assert.StartsWith("POST https://login.microsoftonline.com/organizations/oauth2/v2.0/token\n", Sent[1], StringComparison.Ordinal);
        Assert.True(session.CanRefresh);
    }

    // https://docs.slack.dev/authentication/installing-with-oauth
    [Fact]
    public async Task Slack_with_scopes_between_commas_and_the_token_of_a_bot()
    {
        var (address, exchange) = await SignInAsync(
            To("Slack") with { Scope = ["chat:write,users:read"] },
            Tests.Wire.Json("""{"ok":true,"access_token":"at","token_type":"bot","scope":"chat:write,users:read","bot_user_id":"U1","app_id":"A1","team":{"name":"t","id":"T1"},"authed_user":{"id":"U2"}}"""));

        Assert.StartsWith("https://slack.com/oauth/v2/authorize?response_type=code&client_id=client%20id&redirect_uri=<redirect>&state=<state>&code_challenge=<challenge>&code_challenge_method=S256&scope=chat%3Awrite%2Cusers%3Aread", address, StringComparison.Ordinal);
        Assert.Equal($"POST https://slack.com/api/oauth.v2.access\nAuthorization: Basic Y2xpZW50K2lkOmNsaWVudCtzZWNyZXQ=\n{Form}grant_type=authorization_code&code=the-code&redirect_uri=<redirect>&code_verifier=<verifier>", exchange);
    }

    // https://docs.slack.dev/reference/methods/oauth.v2.access
    [Fact]
    public async Task Slack_refuses_with_status_200()
    {
        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => ConnectAsync(
            To("Slack") with { Inputs = [new GivenRefreshToken(new Secrets.Secret("rt"))] }, Tests.Wire.Json("""{"ok":false,"error":"invalid_refresh_token"}""")));

        Assert.Equal(("InvalidGrant", 200), (refused.ErrorId, refused.StatusCode));
    }

    // https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_endpoints.htm
    [Fact]
    public async Task Salesforce_with_a_browser()
    {
        var (address, _) = await SignInAsync(
            Public(To("Salesforce", "MyDomain=mycompany")) with { Scope = ["api", "refresh_token"] },
            Tests.Wire.Json("""{"access_token":"at","refresh_token":"rt","instance_url":"https://mycompany.my.salesforce.com","token_type":"Bearer"}"""));

        Assert.StartsWith("https://mycompany.my.salesforce.com/services/oauth2/authorize?response_type=code&client_id=app&redirect_uri=<redirect>&state=<state>&code_challenge=<challenge>&code_challenge_method=S256&scope=api%20refresh_token", address, StringComparison.Ordinal);
    }
}
