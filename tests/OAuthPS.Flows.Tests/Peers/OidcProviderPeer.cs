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
/// oidc-provider, a certified OpenID provider (https://github.com/panva/node-oidc-provider), in a process of its own. It keeps
/// all it knows in memory, and the tests that share it use what they were given themselves.
/// </summary>
public class OidcProviderPeer : IAsyncLifetime
{
    private static readonly TimeSpan _timeToStart = TimeSpan.FromSeconds(30);

    private readonly List<string> _errors = [];
    private Process? _process;
    private ECDsa? _clientKey;
    private JsonElement _ready;
    private string? _missing;

    /// <summary>The issuer, which is where it is.</summary>
    public Uri Issuer => new(Member("issuer"));

    /// <summary>The provider as a user would describe it by hand.</summary>
    public OAuthProvider Provider => new()
    {
        Name = "oidc-provider",
        DisplayName = "oidc-provider",
        Documentation = new Uri("https://github.com/panva/node-oidc-provider"),
        ServiceUrl = Issuer,
        AuthorizationEndpoint = "/auth",
        TokenEndpoint = "/token",
        RevocationEndpoint = "/token/revocation",
        Flows = [OAuthFlow.AuthorizationCode, OAuthFlow.ClientCredentials, OAuthFlow.RefreshToken],
        ClientAuthentications =
        [
            ClientAuthenticationMethod.PrivateKeyJwt, ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.Post,
            ClientAuthenticationMethod.SecretJwt, ClientAuthenticationMethod.None,
        ],
        RefreshTokens = RefreshTokenUse.OneTime,
    };

    /// <summary>What to connect with, as one of its registered clients: <c>basic</c>, <c>post</c>, <c>secretJwt</c>, <c>privateKeyJwt</c>, <c>public</c> or <c>confidential</c>.</summary>
    public ConnectRequest As(string client, ClientAuthenticationMethod? method = null) =>
        new() { Provider = Provider, Client = Client(client), ClientAuthentication = method };

    /// <summary>A client by the name it has in <c>server.mjs</c>, with its secret or key.</summary>
    public OAuthClient Client(string client)
    {
        var registered = Ready.GetProperty("clients").GetProperty(client);
        var key = HasKey(client) ? new ClientKey(_clientKey!, Ready.GetProperty("privateKey").GetProperty("id").GetString()) : null;
        return new OAuthClient(registered.GetProperty("id").GetString()!, Secret.FromNullable(registered.GetProperty("secret").GetString()), key);
    }

    private protected virtual string Script => "server.mjs";

    private protected virtual IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>();

    public async Task InitializeAsync()
    {
        if ((_missing = NodeProgram.FindMissing()) is not null)
        {
            return;
        }

        _process = NodeProgram.Start(Script, Environment);
        _process.ErrorDataReceived += (_, line) => _errors.Add(line.Data ?? "");
        _process.BeginErrorReadLine();
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(_timeToStart)
            ?? throw new InvalidOperationException($"oidc-provider did not start:\n{string.Join('\n', _errors)}");
        using var ready = JsonDocument.Parse(line);
        _ready = ready.RootElement.Clone();
        _clientKey = ECDsa.Create();
        _clientKey.ImportFromPem(_ready.GetProperty("privateKey").GetProperty("pem").GetString());
    }

    public async Task DisposeAsync()
    {
        _clientKey?.Dispose();
        if (_process is null)
        {
            return;
        }

        // The end of its input ends it; so does the end of this process, however that comes about.
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(_timeToStart);
        _process.Dispose();
    }

    private protected virtual bool HasKey(string client) => client == "privateKeyJwt";

    private JsonElement Ready
    {
        get
        {
            Skip.If(_missing is not null, _missing);
            return _ready;
        }
    }

    private string Member(string name) => Ready.GetProperty(name).GetString()!;
}

/// <summary>The tests that share one oidc-provider.</summary>
[CollectionDefinition(Name)]
public sealed class OidcProviderTests : ICollectionFixture<OidcProviderPeer>
{
    public const string Name = "oidc-provider";
}
