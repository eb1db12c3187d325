using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>
/// glewlwyd (https://github.com/babelouest/glewlwyd), a server in C that Debian has, in a process of its own with a database of its own. It is
/// set up through its own API, as its administrator does it.
/// </summary>
public sealed class GlewlwydPeer : IAsyncLifetime
{
    internal const string RedirectUri = "https://app.example/callback";
    internal const string ClientSecret = "a secret of glewlwyd's";

    private const string Schema = "/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3";
    private const string Modules = "/usr/lib/glewlwyd";

    private static readonly TimeSpan _timeToStart = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("OAuthPS-").FullName;
    private readonly ECDsa _clientKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly int _port = FreePort();
    private Process? _process;

    /// <summary>What is missing to run it, and what brings it; null for nothing.</summary>
    private static string? Missing { get; } = File.Exists("/usr/bin/glewlwyd") && File.Exists("/usr/bin/sqlite3") && File.Exists(Schema)
        ? null
        : "glewlwyd is not installed: Debian's 'apt-get install glewlwyd' brings it.";

    /// <summary>The server as a user describes it: its metadata leaves out some of what it grants.</summary>
    public OAuthProvider Provider => new()
    {
        Name = "glewlwyd",
        ServiceUrl = new Uri(Issuer),
        AuthorizationEndpoint = "/auth",
        TokenEndpoint = "/token",
        RevocationEndpoint = "/revoke",
        IntrospectionEndpoint = "/introspect",
        Flows = [OAuthFlow.ClientCredentials, OAuthFlow.AuthorizationCode, OAuthFlow.Implicit, OAuthFlow.RefreshToken],
        ClientAuthentications = [ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.Post, ClientAuthenticationMethod.PrivateKeyJwt],

        // It does not decode what RFC 6749 section 2.3.1 has a client encode.
        BasicEncoding = BasicEncoding.Plain,
    };

    /// <summary>Its issuer.</summary>
    internal string Issuer => $"{Address}/api/oidc";

    private string Address => $"http://127.0.0.1:{_port}";

    /// <summary>What to connect with, as one of its clients: <c>secret</c> or <c>key</c>.</summary>
    public ConnectRequest As(string client, params string[] scope)
    {
        Skip.If(Missing is not null, Missing);
        return new()
        {
            Provider = Provider,
            Client = client == "key" ? new OAuthClient(client, key: new ClientKey(_clientKey, client)) : new OAuthClient(client, new Secret(ClientSecret)),
            Scope = scope,
            SignIn = new SignInOptions { NoBrowser = true, RedirectUri = RedirectUri },
        };
    }

    public async Task InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        await CreateDatabaseAsync();
        var settings = Path.Combine(_folder, "glewlwyd.conf");
        await File.WriteAllTextAsync(settings, $$"""
            port={{_port}}
            bind_address="127.0.0.1"
            external_url="{{Address}}"
            api_prefix="api"
            log_mode="console"
            log_level="NONE"
            cookie_domain="127.0.0.1"
            session_key="SESSION"
            admin_scope="g_admin"
            profile_scope="g_profile"
            user_module_path="{{Modules}}/user"
            client_module_path="{{Modules}}/client"
            user_auth_scheme_module_path="{{Modules}}/scheme"
            plugin_module_path="{{Modules}}/plugin"
            hash_algorithm="SHA512"
            database={ type="sqlite3" path="{{_folder}}/glewlwyd.db" };
            """);
        _process = Process.Start(new ProcessStartInfo("/usr/bin/glewlwyd", [$"--config-file={settings}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitForItAsync();
        await SetUpAsync();
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync().WaitAsync(_timeToStart);
            _process.Dispose();
        }

        _clientKey.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A browser in which the administrator has signed in.</summary>
    internal async Task<HttpClient> SignInAsync()
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), UseProxy = false })
        {
            BaseAddress = new Uri($"{Address}/api/"),
        };
        await SendAsync(http, HttpMethod.Post, "auth/", new { username = "admin", password = "password" });
        return http;
    }

    private async Task SetUpAsync()
    {
        using var http = await SignInAsync();
        using var serverKey = RSA.Create(2048);
        await SendAsync(http, HttpMethod.Post, "scope/", new { name = "api", display_name = "API", password_required = false, scheme = new { } });
        await SendAsync(http, HttpMethod.Put, "user/admin", new { username = "admin", name = "Ada", enabled = true, scope = "g_admin g_profile openid api".Split(' ') });
        await SendAsync(http, HttpMethod.Post, "mod/plugin/", new
        {
            module = "oidc",
            name = "oidc",
            display_name = "OpenID Connect",
            enabled = true,
            parameters = new Dictionary<string, object>
            {
                ["iss"] = Issuer,
                ["jwt-type"] = "rsa",
                ["jwt-key-size"] = "256",
                ["key"] = serverKey.ExportPkcs8PrivateKeyPem(),
                ["cert"] = serverKey.ExportSubjectPublicKeyInfoPem(),
                ["access-token-duration"] = 3600,
                ["refresh-token-duration"] = 3600,
                ["code-duration"] = 600,
                ["refresh-token-rolling"] = true,
                ["refresh-token-one-use"] = "always",
                ["allow-non-oidc"] = true,
                ["auth-type-client-enabled"] = true,
                ["auth-type-code-enabled"] = true,
                ["auth-type-token-enabled"] = true,
                ["auth-type-id-token-enabled"] = true,
                ["auth-type-refresh-enabled"] = true,
                ["introspection-revocation-allowed"] = true,
                ["introspection-revocation-allow-target-client"] = true,
                ["request-parameter-allow"] = true,
                ["client-jwks-parameter"] = "jwks",
                ["pkce-allowed"] = true,
                ["scope"] = Array.Empty<object>(),
            },
        });
        await AddClientAsync(http, "secret", "client_secret_basic", new() { ["password"] = ClientSecret, ["client_secret"] = ClientSecret });
        await AddClientAsync(http, "key", "private_key_jwt", new() { ["jwks"] = Jwks() });
    }

    private static async Task AddClientAsync(HttpClient http, string name, string authentication, Dictionary<string, object> client)
    {
        client["client_id"] = client["name"] = name;
        client["token_endpoint_auth_method"] = new[] { authentication };
        client["enabled"] = true;
        client["confidential"] = true;
        client["authorization_type"] = "client_credentials code token id_token refresh_token".Split(' ');
        client["scope"] = new[] { "api" };
        client["redirect_uri"] = new[] { RedirectUri };
        await SendAsync(http, HttpMethod.Post, "client/", client);
        await SendAsync(http, HttpMethod.Put, $"auth/grant/{name}", new { scope = "openid api" });
    }

    private object Jwks()
    {
        var point = _clientKey.ExportParameters(includePrivateParameters: false).Q;
        return new { keys = new[] { new { kty = "EC", crv = "P-256", kid = "key", alg = "ES256", use = "sig", x = Base64Url.Encode(point.X!), y = Base64Url.Encode(point.Y!) } } };
    }

    private static async Task SendAsync(HttpClient http, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, options: JsonSerializerOptions.Default) };
        using var response = await http.SendAsync(request);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"glewlwyd: {path} {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    }

    private async Task CreateDatabaseAsync()
    {
        using var sqlite = Process.Start(new ProcessStartInfo("/usr/bin/sqlite3", [Path.Combine(_folder, "glewlwyd.db"), $".read {Schema}"]))!;
        await sqlite.WaitForExitAsync().WaitAsync(_timeToStart);
        Assert.Equal(0, sqlite.ExitCode);
    }

    // It says on no stream that it listens.
    private async Task WaitForItAsync()
    {
        using var patience = new CancellationTokenSource(_timeToStart);
        while (true)
        {
            try
            {
                using var connection = new TcpClient();
                await connection.ConnectAsync(IPAddress.Loopback, _port, patience.Token);
                return;
            }
            catch (SocketException) when (!_process!.HasExited)
            {
                await Task.Delay(20, patience.Token);
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

/// <summary>The tests that share one glewlwyd.</summary>
[CollectionDefinition(Name)]
public sealed class GlewlwydTests : ICollectionFixture<GlewlwydPeer>
{
    public const string Name = "glewlwyd";
}
