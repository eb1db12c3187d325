using BenchmarkDotNet.Attributes;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Benchmarks.Library;

/// <summary>What a session costs where there are others: to open, without the network; to find by its name; to ask for its token.</summary>
[MemoryDiagnoser]
public class ManySessions
{
    private readonly SessionList _sessions = new();
    private HttpMessageInvoker _invoker = null!;
    private HttpTransport _transport = null!;
    private string _name = "";

    [Params(1, 100, 10_000)]
    public int Sessions { get; set; }

    [GlobalSetup]
    public async Task Start()
    {
        _invoker = new HttpMessageInvoker(new Given.MemoryHandler());
        _transport = new HttpTransport(_invoker);
        for (var i = 0; i < Sessions; i++)
        {
            _sessions.Add(await OpenAsync($"session {i}"));
        }

        _name = $"session {Sessions / 2}";
    }

    [GlobalCleanup]
    public void Stop() => _invoker.Dispose();

    [Benchmark]
    public async Task<OAuthSession> Open()
    {
        var session = await OpenAsync(_name);
        _sessions.Add(session);
        return session;
    }

    [Benchmark]
    public OAuthSession? Find() => _sessions.Find(_name);

    [Benchmark]
    public OAuthSession? Current() => _sessions.Current;

    [Benchmark]
    public ValueTask<AccessToken> FindAndGetToken() => _sessions.Find(_name)!.GetTokenAsync();

    private Task<OAuthSession> OpenAsync(string name) => OAuthConnection.ConnectAsync(Given.Request(_address, name), _transport);

    private static readonly Uri _address = new("https://auth.example.com");
}
