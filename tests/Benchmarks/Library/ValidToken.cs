using BenchmarkDotNet.Attributes;
using Microsoft.Identity.Client;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Benchmarks.Library;

/// <summary>A token that is valid: nothing is sent.</summary>
[MemoryDiagnoser]
public class ValidToken
{
    private TokenServer _server = null!;
    private OAuthSession _session = null!;
    private Msal _msal = null!;

    [GlobalSetup]
    public async Task Start()
    {
        _server = await TokenServer.StartAsync();
        _session = await OAuthConnection.ConnectAsync(Given.Request(_server.Url));
        _msal = new Msal(_server.Url);
        await Msal();
    }

    [GlobalCleanup]
    public async Task Stop()
    {
        _msal.Dispose();
        await _server.DisposeAsync();
    }

    [Benchmark]
    public ValueTask<AccessToken> OAuthPS() => _session.GetTokenAsync();

    [Benchmark(Baseline = true)]
    public Task<AuthenticationResult> Msal() => _msal.Application.AcquireTokenForClient(Benchmarks.Msal.Scopes).ExecuteAsync();
}
