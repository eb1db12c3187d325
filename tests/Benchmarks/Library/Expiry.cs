using BenchmarkDotNet.Attributes;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Benchmarks.Library;

/// <summary>The moment a token expires, with one caller and with ten thousand that ask before the response is there.</summary>
[MemoryDiagnoser]
public class Expiry
{
    private const int Callers = 10_000;

    private static readonly TimeSpan _lifetime = TimeSpan.FromHours(1);

    private readonly ManualClock _clock = new();
    private readonly ValueTask<AccessToken>[] _waiting = new ValueTask<AccessToken>[Callers];
    private readonly CancellationTokenSource _stop = new();
    private HttpMessageInvoker _invoker = null!;
    private TokenServer _server = null!;
    private OAuthSession _session = null!;

    [GlobalSetup]
    public async Task Start()
    {
        _server = await TokenServer.StartAsync();
        _invoker = new HttpMessageInvoker(HttpTransport.CreateHandler());
        _session = await OAuthConnection.ConnectAsync(Given.Request(_server.Url), new HttpTransport(_invoker, _clock));
    }

    [GlobalCleanup]
    public async Task Stop()
    {
        _invoker.Dispose();
        _stop.Dispose();
        await _server.DisposeAsync();
    }

    [Benchmark(Baseline = true)]
    public async Task<AccessToken> OneCaller()
    {
        _clock.Advance(_lifetime);
        return await _session.GetTokenAsync();
    }

    [Benchmark]
    public Task TenThousandCallers() => AskAsync(CancellationToken.None);

    /// <summary>The same where each of them may give up by itself.</summary>
    [Benchmark]
    public Task TenThousandCancellableCallers() => AskAsync(_stop.Token);

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        _clock.Advance(_lifetime);
        for (var i = 0; i < Callers; i++)
        {
            _waiting[i] = _session.GetTokenAsync(cancellationToken: cancellationToken);
        }

        for (var i = 0; i < Callers; i++)
        {
            await _waiting[i];
        }
    }
}
