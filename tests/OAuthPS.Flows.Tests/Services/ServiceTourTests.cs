using OAuthPS.Emulator;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.SignIn;
using OAuthPS.Flows.Tests.Peers;

namespace OAuthPS.Flows.Tests.Services;

/// <summary>The emulator plays every service by its file, and each flow that it plays there comes to a session.</summary>
public sealed class ServiceTourTests : IDisposable
{
    private static readonly OAuthFlow[] _toured = [OAuthFlow.ClientCredentials, OAuthFlow.AuthorizationCode, OAuthFlow.DeviceCode, OAuthFlow.Password];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("OAuthPS-");
    private readonly RecordingTransport _recorded = new();

    public void Dispose()
    {
        _recorded.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Each_service_is_toured()
    {
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions { Rehearsals = [.. ServiceFiles.Names.Select(Read)] });
        var toured = 0;

        foreach (var name in ServiceFiles.Names)
        {
            var here = await HereAsync(server, name);
            foreach (var flow in here.Flows.Where(_toured.Contains))
            {
                var session = await OAuthConnection.ConnectAsync(Request(here, flow), new Person(), _recorded.Transport);

                Assert.True((await session.GetTokenAsync()).TokenOf().Length > 0, $"{name} {flow}");
                toured++;
            }
        }

        Assert.True(toured > ServiceFiles.Names.Count, $"{toured}");
        Assert.DoesNotContain(server.Journal.Entries, entry => entry.Status >= 500);
    }

    private static ConnectRequest Request(OAuthProvider provider, OAuthFlow flow)
    {
        var isPublic = provider.ClientAuthentications.Contains(ClientAuthenticationMethod.None) && FlowFacts.NeedsPerson(flow);
        return new()
        {
            Provider = provider,
            Flow = flow,
            Client = isPublic ? new OAuthClient(DemoAccounts.RehearsalClientId)
                : new OAuthClient(DemoAccounts.RehearsalClientId, new Secret(DemoAccounts.RehearsalClientSecret)),
            Inputs = flow == OAuthFlow.Password ? [new UserCredential(DemoAccounts.RehearsalUserName, new Secret(DemoAccounts.RehearsalPassword))] : [],
            Scope = provider.SendsScope ? ["all"] : [],
            AdditionalParameters = provider.Grants.Where(grant => grant.Flow == flow).SelectMany(grant => grant.Needs).ToDictionary(need => need.Name, _ => "given"),
            SignIn = new SignInOptions { NoBrowser = true },
        };
    }

    // What a server has for its own is played by a dialect: the names of its grant types.
    private Rehearsal Read(string name)
    {
        var provider = ServiceFiles.Find(name)!;
        var grantTypes = provider.Grants.Where(grant => grant.GrantType is not null).Select(grant => $"\"{grant.GrantType}\": \"client_credentials\"");
        return Rehearsal.Read(
            Write(name + ".json", System.Text.Encoding.UTF8.GetString(ProviderFile.ToJson(provider))),
            Write(name + ".dialect.json", $$"""{ "device": { "pending": 0, "interval": 0 }, "grantTypes": { {{string.Join(", ", grantTypes)}} } }"""));
    }

    private async Task<OAuthProvider> HereAsync(EmulatorServer server, string name)
    {
        using var http = new HttpClient();
        return ProviderFile.Read(Write("here.json", await http.GetStringAsync(new Uri(server.BaseAddress, $"_emulator/providers/{name}"))));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private sealed class Person : ISignInPrompt
    {
        private Uri? _address;

        public void Show(SignInInstruction instruction) => _address = instruction.Address;

        public async Task<string?> ReadAsync(string question, CancellationToken cancellationToken) =>
            (await DemoPerson.SignInAsync(_address!, cancellationToken: cancellationToken)).OriginalString;

        public void ShowProgress(string activity, TimeSpan? timeLeft)
        {
        }
    }
}
