using System.Diagnostics;
using OAuthPS.Benchmarks.Library;

namespace OAuthPS.Benchmarks.Scale;

/// <summary>
/// The benchmark of a token request with all peers in turn, request by request, for a machine that is not quiet: BenchmarkDotNet
/// takes one after the other, and what else goes on meanwhile falls on one of them.
/// </summary>
internal static class RequestsInTurn
{
    private const int WarmUp = 3_000;
    private const int Rounds = 6_000;

    internal static async Task RunAsync()
    {
        var requests = new TokenRequest();
        await requests.Start();
        (string Name, Func<Task> Send, List<double> Taken)[] peers =
        [
            ("bare HttpClient", requests.BareHttpClient, []),
            ("Connect", requests.Connect, []),
            ("Renew", requests.Renew, []),
            ("MSAL.NET", requests.Msal, []),
        ];
        for (var round = 0; round < WarmUp + Rounds; round++)
        {
            for (var i = 0; i < peers.Length; i++)
            {
                var (_, send, taken) = peers[(i + round) % peers.Length];
                var started = Stopwatch.GetTimestamp();
                await send();
                if (round >= WarmUp)
                {
                    taken.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
                }
            }
        }

        await requests.Stop();
        var bare = Median(peers[0].Taken);
        foreach (var (name, _, taken) in peers)
        {
            Console.WriteLine($"{name}: {Median(taken):0.0} us, {Median(taken) / bare:0.00} times bare HttpClient");
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
