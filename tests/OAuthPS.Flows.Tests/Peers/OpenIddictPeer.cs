using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>
/// OpenIddict (https://github.com/openiddict/openiddict-core) in a process of its own, which is built with the tests. It keeps all it knows in
/// memory, and the tests that share it use what they were given themselves.
/// </summary>
public sealed class OpenIddictPeer : IAsyncLifetime
{
    private static readonly TimeSpan _timeToStart = TimeSpan.FromMinutes(2);

    private readonly ECDsa _key = ECDsa.Create();
    private Process? _process;
    private JsonElement _ready;

    /// <summary>The issuer, with a slash at its end.</summary>
    public string Issuer => Member("issuer");

    /// <summary>The server as a user registers it: by its issuer alone.</summary>
    public OAuthProvider Provider => new() { Name = "OpenIddict", Issuer = Issuer };

    /// <summary>What to connect with, as one of its clients: <c>secret</c>, <c>key</c> or <c>public</c>.</summary>
    public ConnectRequest As(string client, params string[] scope) => new() { Provider = Provider, Client = Client(client), Scope = scope };

    private OAuthClient Client(string name) => name switch
    {
        "secret" => new OAuthClient(name, new Secret(Member("secret"))),
        "key" => new OAuthClient(name, key: new ClientKey(_key, Member("keyId"))),
        _ => new OAuthClient(name),
    };

    public async Task InitializeAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(_timeToStart) ?? throw new InvalidOperationException("OpenIddict did not start.");
        using var ready = JsonDocument.Parse(line);
        _ready = ready.RootElement.Clone();
        _key.ImportFromPem(Member("privateKey"));
    }

    public async Task DisposeAsync()
    {
        // The end of its input ends it; so does the end of this process, however that comes about.
        _process!.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(_timeToStart);
        _process.Dispose();
        _key.Dispose();
    }

    private string Member(string name) => _ready.GetProperty(name).GetString()!;

    private static string Program => Path.Combine(ArchitectureTests.Root, "artifacts", "peers", "openiddict", "OpenIddictPeer.dll");
}

/// <summary>The tests that share one OpenIddict.</summary>
[CollectionDefinition(Name)]
public sealed class OpenIddictTests : ICollectionFixture<OpenIddictPeer>
{
    public const string Name = "OpenIddict";
}
