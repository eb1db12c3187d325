using OAuthPS.Flows;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.Vendors.SpatiaFi;
using ExchangeCode = OAuthPS.Flows.Flows.AuthorizationCode;

namespace OAuthPS.Emulator;

/// <summary>The steps of the tour without PowerShell, by the flow library that does the work under the cmdlets.</summary>
internal sealed class LibraryTour(EmulatorServer server, TimeSpan tokenLifetime) : IFlowLog
{
    public static async Task<int> RunAsync(EmulatorServer server, TimeSpan tokenLifetime)
    {
        try
        {
            await new LibraryTour(server, tokenLifetime).PlayAsync();
            return 0;
        }
        catch (Exception failure) when (failure is OAuthException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"The tour ends here: {failure.Message}");
            return 1;
        }
    }

    void IFlowLog.Verbose(string message) => Console.WriteLine($"    {message}");

    void IFlowLog.Warning(OAuthNotice notice) => Console.WriteLine($"    Warning: {notice.Message}");

    private async Task PlayAsync()
    {
        var network = new Dictionary<string, string> { ["spacebring-network-id"] = DemoAccounts.SpacebringNetworkId };
        var spacebringClient = Client(DemoAccounts.SpacebringClientId, DemoAccounts.SpacebringClientSecret);
        var spaceClient = Client(DemoAccounts.SpaceClientId, DemoAccounts.SpaceClientSecret);
        var me = new UserCredential(DemoAccounts.SpatiaFiUserName, new Secret(DemoAccounts.SpatiaFiPassword));

        await ShowAsync("Blynk, by client credentials", "/api/v1/organization/profile",
            Ask("Blynk", server.Blynk) with { Client = Client(DemoAccounts.BlynkClientId, DemoAccounts.BlynkClientSecret) });
        await ShowAsync("Spacebring, by HTTP Basic on every call", "/locations/v1",
            Ask("Spacebring", server.Spacebring) with { Client = spacebringClient, Headers = network });
        await ShowAsync("Spacebring, by a person's sign-in", "/locations/v1",
            Ask("Spacebring", server.Spacebring) with
            {
                Client = spacebringClient,
                Headers = network,
                Inputs = [await SpacebringCodeAsync()],
            });
        await ShowAsync("JetBrains Space, by client credentials", "/api/http/projects",
            Ask("JetBrainsSpace", server.Space) with { Client = spaceClient, Scope = ["**"] });

        Heading("SpatiaFi, steps 1 and 2 of its guide: a temporary token, and with it an App Credential");
        var temporary = await ConnectAsync(Ask("SpatiaFi", server.SpatiaFi) with { Inputs = [me] });
        var app = await temporary.CreateAppCredentialAsync(this);
        await ShowAsync("SpatiaFi, steps 3 and 4: the App Credential gets a token, and the token is for the API", "/api/info",
            Ask("SpatiaFi", server.SpatiaFi) with { Client = new OAuthClient(app.ClientId, app.ClientSecret) });
        await temporary.DeleteAppCredentialAsync(app.ClientId, this);
    }

    private async Task ShowAsync(string heading, string api, ConnectRequest request)
    {
        Heading(heading);
        var session = await ConnectAsync(request);
        await session.SendAsync(new ApiCall { Uri = new Uri(api, UriKind.Relative) }, this);
        if (session.ExpiresAt is null)
            return;
        Console.WriteLine("  the token expires ...");
        await Task.Delay(tokenLifetime);
        await session.GetTokenAsync(log: this);
        await session.RevokeAsync(this);
    }

    private async Task<OAuthSession> ConnectAsync(ConnectRequest request)
    {
        var session = await OAuthConnection.ConnectAsync(request, log: this);
        Console.WriteLine($"  session {session.Name}: {session.Flow}, valid until {session.ExpiresAt?.ToString("u") ?? "it is ended"}");
        return session;
    }

    private async Task<ExchangeCode> SpacebringCodeAsync()
    {
        var clientId = Uri.EscapeDataString(DemoAccounts.SpacebringClientId);
        var asked = new Uri($"{server.Spacebring}/oauth2/authorize?response_type=code&client_id={clientId}"
            + $"&redirect_uri={Uri.EscapeDataString(DemoAccounts.RedirectUri)}&scope=resources%20locations");
        var answer = await DemoPerson.SignInAsync(asked);
        var code = System.Web.HttpUtility.ParseQueryString(answer.Query)["code"]
            ?? throw new HttpRequestException("The sign-in brought no code.");
        return new ExchangeCode(new Secret(code), DemoAccounts.RedirectUri);
    }

    private static ConnectRequest Ask(string provider, Uri serviceUrl) =>
        new() { Provider = BuiltInProviders.Get(provider), ServiceUrl = serviceUrl };

    private static OAuthClient Client(string id, string secret) => new(id, new Secret(secret));

    private static void Heading(string text) => Console.WriteLine($"\n# {text}");
}
