using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Tests.Examples;

/// <summary>The examples of the library's README, from line to line between the markers. A test compares them with it.</summary>
internal sealed class FlowExamples(HttpTransport transport, ISignInPrompt prompt, Secret secret, Secret password, Secret token, OAuthProvider contoso)
{
    internal async Task<OAuthSession> ClientCredentials()
    {
        // <ClientCredentials>
        var session = await OAuthConnection.ConnectAsync(new ConnectRequest
        {
            Provider = BuiltInProviders.Get("SpatiaFi"),
            Client = new("my-client", secret),
        }, transport);
        // </ClientCredentials>
        return session;
    }

    internal async Task<OAuthSession> AuthorizationCode()
    {
        // <AuthorizationCode>
        var session = await OAuthConnection.ConnectAsync(new ConnectRequest
        {
            Provider = BuiltInProviders.Get("Spacebring"),
            Flow = OAuthFlow.AuthorizationCode,
            Client = new("my-client", secret),
            Scope = ["resources", "locations.readonly"],
            Headers = new Dictionary<string, string> { ["spacebring-network-id"] = "42" },
            SignIn = new() { NoBrowser = true, RedirectUri = "https://my.app/callback" }, // without them: the browser, and a port of this machine
        }, prompt, transport);
        // </AuthorizationCode>
        return session;
    }

    internal async Task<OAuthSession> Implicit()
    {
        // <Implicit>
        var session = await OAuthConnection.ConnectAsync(new ConnectRequest
        {
            Provider = BuiltInProviders.Get("JetBrainsSpace"),
            ServiceUrl = new("https://mycompany.jetbrains.space"),
            Flow = OAuthFlow.Implicit,
            Client = new("my-client"),
            Scope = ["**"],
            SignIn = new() { NoBrowser = true, RedirectUri = "https://my.app/callback" },
        }, prompt, transport);
        // </Implicit>
        return session;
    }

    internal async Task<OAuthSession> Password()
    {
        // <Password>
        var session = await OAuthConnection.ConnectAsync(new ConnectRequest
        {
            Provider = BuiltInProviders.Get("SpatiaFi"),
            Flow = OAuthFlow.Password,
            Inputs = [new UserCredential("ada@example.com", password)],
        }, transport);
        // </Password>
        return session;
    }

    internal async Task<OAuthSession> RefreshToken()
    {
        // <RefreshToken>
        var session = await OAuthConnection.ConnectAsync(new ConnectRequest
        {
            Provider = BuiltInProviders.Get("Blynk"),
            ServiceUrl = new("https://fra1.blynk.cloud"),
            Client = new("my-client", secret),
            Inputs = [new GivenRefreshToken(token)],
        }, transport);
        // </RefreshToken>
        return session;
    }

    internal async Task<OAuthSession> DeviceCode()
    {
        // <DeviceCode>
        var session = await OAuthConnection.ConnectAsync(new ConnectRequest
        {
            Provider = contoso,
            Flow = OAuthFlow.DeviceCode,
            Client = new("my-client"),
            Scope = ["read"],
        }, prompt, transport);
        // </DeviceCode>
        return session;
    }

    internal async Task<OAuthSession> TokenExchange()
    {
        // <TokenExchange>
        var session = await OAuthConnection.ConnectAsync(new ConnectRequest
        {
            Provider = contoso,
            Client = new("my-client", secret),
            Inputs = [new TokenExchange(token) { Audience = ["reports"] }],
        }, transport);
        // </TokenExchange>
        return session;
    }

    internal async Task<OAuthSession> JwtBearer(string keyFile)
    {
        // <JwtBearer>
        var session = await OAuthConnection.ConnectAsync(new ConnectRequest
        {
            Provider = contoso,
            Flow = OAuthFlow.JwtBearer,
            Client = new("my-client", key: ClientKeyReader.FromFile(keyFile)),
            Scope = ["read"],
        }, transport);
        // </JwtBearer>
        return session;
    }

    internal async Task<OAuthSession> Basic()
    {
        // <Basic>
        var session = await OAuthConnection.ConnectAsync(new ConnectRequest
        {
            Provider = BuiltInProviders.Get("Spacebring"),
            Client = new("my-client", secret),
        }, transport);
        // </Basic>
        return session;
    }

    internal static OAuthProvider Contoso()
    {
        // <Provider>
        var contoso = new OAuthProvider
        {
            Name = "Contoso",
            ServiceUrl = new("https://login.contoso.com"),
            TokenEndpoint = "/oauth2/token",
            DeviceAuthorizationEndpoint = "/oauth2/device",
            Flows = [OAuthFlow.ClientCredentials, OAuthFlow.DeviceCode, OAuthFlow.TokenExchange, OAuthFlow.JwtBearer],
            ClientAuthentications = [ClientAuthenticationMethod.PrivateKeyJwt, ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.None],
        };
        // </Provider>
        return contoso;
    }

    internal static async Task<string> Use(OAuthSession session, HttpMessageHandler below)
    {
        // <HttpClient>
        using var client = new HttpClient(new OAuthSessionHandler(session) { InnerHandler = below });
        var info = await client.GetStringAsync(new Uri(session.ServiceUrl, "/api/info"));
        // </HttpClient>
        return info;
    }
}
