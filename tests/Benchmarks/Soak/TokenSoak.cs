using System.Collections.Concurrent;
using OAuthPS.Flows;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Benchmarks.Soak;

/// <summary>Sessions that are renewed again and again, by several callers each, against a server that fails.</summary>
internal sealed class TokenSoak(Uri server, HttpTransport transport, Canary canary)
{
    internal const int Sessions = 50;

    private const int Callers = 2;

    private readonly List<OAuthSession> _sessions = [];
    private long _tokens;
    private long _refusals;

    internal long Tokens => _tokens;

    internal long Refusals => _refusals;

    internal ConcurrentQueue<string> Others { get; } = new();

    internal static OAuthProvider Provider { get; } = new()
    {
        Name = "Soak",
        DisplayName = "Soak",
        Documentation = new Uri("https://example.com"),
        TokenEndpoint = "/token",
        AuthorizationEndpoint = "/authorize",
        DeviceAuthorizationEndpoint = "/device",
        Flows = [OAuthFlow.ClientCredentials, OAuthFlow.RefreshToken, OAuthFlow.AuthorizationCode, OAuthFlow.DeviceCode],
        ClientAuthentications = [ClientAuthenticationMethod.Post],
    };

    internal static ConnectRequest Request(Uri server) =>
        new() { Provider = Provider, ServiceUrl = server, Client = new OAuthClient("soak", new Secret($"{Canary.Mark}client")) };

    /// <summary>One half with one-time refresh tokens, the other with client credentials.</summary>
    internal async Task ConnectAsync()
    {
        while (_sessions.Count < Sessions)
        {
            var number = _sessions.Count;
            var request = number % 2 == 0 ? Request(server) with { Flow = OAuthFlow.ClientCredentials }
                : Request(server) with { Flow = OAuthFlow.RefreshToken, Inputs = [new GivenRefreshToken(new Secret($"{Canary.Mark}refresh-{number}-0"))] };
            await TryAsync(async () => _sessions.Add(await OAuthConnection.ConnectAsync(request, transport, canary)));
        }
    }

    /// <summary>What was counted until now does not count.</summary>
    internal void Forget() => (_tokens, _refusals) = (0, 0);

    internal Task RenewAsync(long tokens) => Task.WhenAll(_sessions.SelectMany(session => Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
    {
        while (Interlocked.Read(ref _tokens) < tokens)
        {
            await TryAsync(async () =>
            {
                await session.RenewAsync(canary);
                Interlocked.Increment(ref _tokens);
            });
        }
    }))));

    /// <summary>Sessions that give no token although the server fails no more.</summary>
    internal async Task<int> CountLostAsync()
    {
        var lost = 0;
        foreach (var session in _sessions)
        {
            var had = Refusals + Others.Count;
            await TryAsync(async () => await session.RenewAsync(canary));
            lost += Refusals + Others.Count > had ? 1 : 0;
        }

        return lost;
    }

    private async Task TryAsync(Func<Task> use)
    {
        try
        {
            await use();
        }
        catch (OAuthException refused)
        {
            Interlocked.Increment(ref _refusals);
            canary.Search(refused.ToString());
        }
        catch (Exception other)
        {
            Others.Enqueue(other.ToString());
        }
    }
}
