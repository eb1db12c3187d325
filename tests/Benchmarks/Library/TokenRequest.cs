using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.Identity.Client;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Benchmarks.Library;

/// <summary>A client-credentials request over loopback, from the parameters to a token in hand.</summary>
[MemoryDiagnoser]
public class TokenRequest
{
    private TokenServer _server = null!;
    private HttpClient _http = null!;
    private Uri _endpoint = null!;
    private ConnectRequest _request = null!;
    private OAuthSession _session = null!;
    private Msal _msal = null!;

    [GlobalSetup]
    public async Task Start()
    {
        _server = await TokenServer.StartAsync();
        _http = new HttpClient(HttpTransport.CreateHandler());
        _endpoint = new Uri(_server.Url, "/token");
        _request = Given.Request(_server.Url);
        _session = await Connect();
        _msal = new Msal(_server.Url);
    }

    [GlobalCleanup]
    public async Task Stop()
    {
        _msal.Dispose();
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Benchmark(Baseline = true)]
    public async Task<string> BareHttpClient()
    {
        using var response = await _http.PostAsync(_endpoint, Given.Form());
        response.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return json.RootElement.GetProperty("access_token").GetString()!;
    }

    [Benchmark]
    public Task<OAuthSession> Connect() => OAuthConnection.ConnectAsync(_request);

    [Benchmark]
    public Task<AccessToken> Renew() => _session.RenewAsync();

    [Benchmark]
    public Task<AuthenticationResult> Msal() => _msal.Application.AcquireTokenForClient(Benchmarks.Msal.Scopes).WithForceRefresh(true).ExecuteAsync();
}
