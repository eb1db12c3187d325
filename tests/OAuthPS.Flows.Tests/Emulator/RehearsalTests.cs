using OAuthPS.Emulator;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.SignIn;
using OAuthPS.Flows.Tests.Peers;

namespace OAuthPS.Flows.Tests.Emulator;

/// <summary>The library at servers that a provider file and a dialect describe, two of them from docs/emulator.md.</summary>
public sealed class RehearsalTests : IDisposable
{
    private readonly RehearsalFiles _files = new();
    private readonly RecordingTransport _recorded = new();

    public void Dispose()
    {
        _recorded.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task A_token_that_is_wrapped_is_used()
    {
        await using var server = await StartAsync(_files.Documented("nordwind"));

        var session = await ConnectAsync(await HereAsync(server, "Nordwind"), DemoAccounts.RehearsalClientSecret);

        Assert.Equal("n-42", session.Members["tenant"].Text);
        Assert.InRange(session.ExpiresAt!.Value, DateTimeOffset.UtcNow.AddSeconds(7100), DateTimeOffset.UtcNow.AddSeconds(7200));
        var me = await session.SendAsync(new ApiCall { Uri = new Uri("/open/v2/me", UriKind.Relative) });
        Assert.Equal("""{"name":"Ada"}""", System.Text.Encoding.UTF8.GetString(me.Body));
        Assert.Equal("""{"errno":0,"data":{"app_token":"***","expire":7200,"tenant":"n-42"}}""", server.Journal.Entries[0].ResponseBody);
    }

    [Fact]
    public async Task A_refusal_with_status_200_is_one()
    {
        await using var server = await StartAsync(_files.Documented("nordwind"));
        var provider = await HereAsync(server, "Nordwind");

        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => ConnectAsync(provider, "not the secret"));

        Assert.Equal((200, "The client is unknown or its secret is wrong."), (refused.StatusCode, refused.ErrorDescription));
        Assert.Equal("""{"errno":10003,"msg":"The client is unknown or its secret is wrong."}""", server.Journal.Entries[0].ResponseBody);
    }

    [Fact]
    public async Task A_person_signs_in_on_another_device_at_a_server_that_answers_in_a_form()
    {
        await using var server = await StartAsync(_files.Documented("fjord"));
        var request = new ConnectRequest
        {
            Provider = await HereAsync(server, "Fjord"),
            Flow = OAuthFlow.DeviceCode,
            Client = new OAuthClient(DemoAccounts.RehearsalClientId),
            Scope = ["boats"],
        };

        var session = await OAuthConnection.ConnectAsync(request, new Nobody(), Impatient());
        await session.RenewAsync();

        Assert.Equal(("boats", true), (session.Scope, session.CanRefresh));
        Assert.Equal(
            ["/Fjord/device/code 200", "/Fjord/token 200", "/Fjord/token 200", "/Fjord/token 200", "/Fjord/token 200"],
            server.Journal.Entries.Select(entry => $"{entry.Path} {entry.Status}"));
        Assert.Equal("""{"error":"authorization_pending"}""", server.Journal.Entries[2].ResponseBody);
        Assert.Equal("access_token=***&expires=3600&refresh_token=***&scope=boats", server.Journal.Entries[3].ResponseBody);
    }

    [Theory]
    [InlineData("access_denied", "AccessDenied")]
    [InlineData("expired_token", "SignInTimeout")]
    public async Task A_sign_in_on_another_device_ends_as_the_dialect_says(string outcome, string errorId)
    {
        const string provider = """
            {
              "name": "Plain", "serviceUrl": "https://api.plain.example", "tokenEndpoint": "/token", "deviceAuthorizationEndpoint": "/device",
              "flows": ["DeviceCode"], "clientAuthentications": ["None"]
            }
            """;
        await using var server = await StartAsync(_files.Read(provider, $$"""{ "device": { "pending": 0, "outcome": "{{outcome}}" } }"""));
        var request = new ConnectRequest { Provider = await HereAsync(server, "Plain"), Client = new OAuthClient(DemoAccounts.RehearsalClientId) };

        var refused = await Assert.ThrowsAnyAsync<OAuthException>(
            () => OAuthConnection.ConnectAsync(request with { Flow = OAuthFlow.DeviceCode }, new Nobody(), Impatient()));

        Assert.Equal(errorId, refused.ErrorId);
    }

    // Below other names, with a date for its end, as plain text that is JSON.
    [Fact]
    public async Task A_person_signs_in_with_a_browser_at_a_server_that_says_text_and_a_date()
    {
        const string provider = """
            {
              "name": "Brook", "displayName": "Brook & Sons", "serviceUrl": "https://api.brook.example/v1",
              "authorizationEndpoint": "https://login.brook.example/authorize", "tokenEndpoint": "/token", "revocationEndpoint": "/revoke",
              "flows": ["AuthorizationCode", "RefreshToken"], "clientAuthentications": ["Basic", "None"], "refreshTokens": "OneTime"
            }
            """;
        const string dialect = """
            {
              // Comments are fine.
              "token": { "contentType": "text/plain", "status": 201, "headers": { "X-Request": "7" },
                "body": { "access_token": "{access_token}", "expires_at": "{expires_at_date}", "refresh_token": "{refresh_token}" } },
              "refusals": { "invalid_token": { "contentType": "text/html", "body": "<p>{error_description}" } },
              "api": { "/me": { "body": { "name": "Ada" } } },
            }
            """;
        await using var server = await StartAsync(_files.Read(provider, dialect));
        var request = new ConnectRequest
        {
            Provider = await HereAsync(server, "Brook"),
            Flow = OAuthFlow.AuthorizationCode,
            Client = new OAuthClient(DemoAccounts.RehearsalClientId),
            SignIn = new SignInOptions { NoBrowser = true },
        };

        var session = await OAuthConnection.ConnectAsync(request, new Somebody(), _recorded.Transport);
        await session.RenewAsync();
        await session.RenewAsync();

        Assert.InRange(session.ExpiresAt!.Value, DateTimeOffset.UtcNow.AddSeconds(3500), DateTimeOffset.UtcNow.AddSeconds(3601));
        var me = await session.SendAsync(new ApiCall { Uri = new Uri("/me", UriKind.Relative) });
        Assert.Equal("""{"name":"Ada"}""", System.Text.Encoding.UTF8.GetString(me.Body));
        await session.RevokeAsync();
        Assert.Equal(("/Brook/revoke", 200), (server.Journal.Entries[^1].Path, server.Journal.Entries[^1].Status));
    }

    // A server that takes no form, has a grant type of its own and another scheme at its API.
    [Theory]
    [InlineData("Json", "POST")]
    [InlineData("Get", "GET")]
    public async Task A_request_that_is_stated_otherwise_is_taken(string parameters, string method)
    {
        var provider = $$"""
            {
              "name": "Quay", "serviceUrl": "https://api.quay.example", "tokenEndpoint": "/token", "tokenParameters": "{{parameters}}",
              "flows": ["ClientCredentials"], "clientAuthentications": ["Basic"], "apiAuthorizationScheme": "Quay-token",
              "grants": [{ "flow": "ClientCredentials", "grantType": "berth" }]
            }
            """;
        const string dialect = """
            { "grantTypes": { "berth": "client_credentials" }, "apiScheme": "Quay-token", "api": { "/me": { "body": { "name": "Ada" } } } }
            """;
        await using var server = await StartAsync(_files.Read(provider, dialect));

        var session = await ConnectAsync(await HereAsync(server, "Quay"), DemoAccounts.RehearsalClientSecret);
        var me = await session.SendAsync(new ApiCall { Uri = new Uri("/me", UriKind.Relative) });

        Assert.Equal("""{"name":"Ada"}""", System.Text.Encoding.UTF8.GetString(me.Body));
        Assert.Equal((method, 200), (server.Journal.Entries[0].Method, server.Journal.Entries[0].Status));
        Assert.Contains("berth", server.Journal.Entries[0].RequestBody + server.Journal.Entries[0].Query, StringComparison.Ordinal);
    }

    // Nothing that is registered with it may be sent to the server itself.
    [Fact]
    public async Task The_file_to_register_has_no_address_but_of_this_machine()
    {
        const string provider = """
            {
              "name": "Brook", "documentation": "https://docs.brook.example", "issuer": "https://login.brook.example",
              "authorizationEndpoint": "https://login.brook.example/authorize", "tokenEndpoint": "https://login.brook.example/token?v=2",
              "revocationEndpoint": "https://login.brook.example/revoke", "introspectionEndpoint": "https://login.brook.example/introspect",
              "jwksEndpoint": "https://login.brook.example/keys", "userInfoEndpoint": "https://login.brook.example/me", "appCredentialsEndpoint": "https://login.brook.example/apps",
              "flows": ["Basic", "Implicit", "AuthorizationCode"], "clientAuthentications": ["Basic"],
              "basic": { "credential": "User", "tokenEndpoint": "https://login.brook.example/temporary" }
            }
            """;
        await using var server = await StartAsync(_files.Read(provider));

        var here = await HereAsync(server, "Brook");

        Assert.Equal((server.Rehearsed("Brook"), "/authorize", "/token", "/revoke"), (here.ServiceUrl, here.AuthorizationEndpoint, here.TokenEndpoint, here.RevocationEndpoint));
        Assert.Equal([OAuthFlow.AuthorizationCode], here.Flows);
        Assert.DoesNotContain("login.brook.example", System.Text.Encoding.UTF8.GetString(ProviderFile.ToJson(here)), StringComparison.Ordinal);
    }

    private static Task<EmulatorServer> StartAsync(Rehearsal rehearsal) => EmulatorServer.StartAsync(new EmulatorOptions { Rehearsals = [rehearsal] });

    // The file that the emulator gives, as a user registers it.
    private async Task<OAuthProvider> HereAsync(EmulatorServer server, string name)
    {
        using var http = new HttpClient();
        return ProviderFile.Read(_files.Path("here.json", await http.GetStringAsync(new Uri(server.BaseAddress, $"_emulator/providers/{name}"))));
    }

    private static Task<OAuthSession> ConnectAsync(OAuthProvider provider, string secret) => OAuthConnection.ConnectAsync(
        new ConnectRequest { Provider = provider, Client = new OAuthClient(DemoAccounts.RehearsalClientId, new Secret(secret)) });

    private HttpTransport Impatient() => new(new HttpMessageInvoker(_recorded, disposeHandler: false), new FastTimers());

    private class Nobody : ISignInPrompt
    {
        protected Uri? Address { get; private set; }

        public void Show(SignInInstruction instruction) => Address = instruction.Address;

        public virtual Task<string?> ReadAsync(string question, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

        public void ShowProgress(string activity, TimeSpan? timeLeft)
        {
        }
    }

    private sealed class Somebody : Nobody
    {
        public override async Task<string?> ReadAsync(string question, CancellationToken cancellationToken) =>
            (await DemoPerson.SignInAsync(Address!, cancellationToken: cancellationToken)).OriginalString;
    }
}
