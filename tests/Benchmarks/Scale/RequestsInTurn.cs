using System.Diagnostics;
using OAuthPS.Benchmarks.Library;

namespace OAuthPS.Benchmarks.Scale;

/// <summary>
/// The benchmark of a token request with all peers in turn, request by request: BenchmarkDotNet takes one after the other, and what
/// else goes on meanwhile falls on one of them. The order is another one each round, by chance, since who comes after a peer that
/// runs the same code finds it in the processor's caches.
/// </summary>
internal static class RequestsInTurn
{
    private const string Bare = "bare HttpClient";
    private const int WarmUp = 3_000;
    private const int Rounds = 10_000;

    internal static async Task RunAsync()
    {
        var requests = new TokenRequest();
        await requests.Start();
        (string Name, Func<Task> Send, List<double> Taken)[] peers =
        [
            (Bare, requests.BareHttpClient, []),
            ("Connect", requests.Connect, []),
            ("Renew", requests.Renew, []),
            ("MSAL.NET", requests.Msal, []),
        ];
        var order = new Random(1);
        for (var round = 0; round < WarmUp + Rounds; round++)
        {
            order.Shuffle(peers);
            foreach (var (_, send, taken) in peers)
            {
                var started = Stopwatch.GetTimestamp();
                await send();
                if (round >= WarmUp)
                {
                    taken.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
                }
            }
        }

        await requests.Stop();
        var bare = Median(peers.Single(peer => peer.Name == Bare).Taken);
        foreach (var (name, _, taken) in peers.OrderBy(peer => peer.Name))
        {
            Console.WriteLine($"{name}: {Median(taken):0.0} us, {Median(taken) / bare:0.00} times {Bare}");
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
