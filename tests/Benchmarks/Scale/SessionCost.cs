using System.Diagnostics;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;

namespace OAuthPS.Benchmarks.Scale;

/// <summary>What one session of many costs.</summary>
internal sealed record SessionCost(double OpenMicroseconds, long Bytes, double FindNanoseconds, double TokenNanoseconds)
{
    private const int Rounds = 200_000;
    private const int Opened = 10_000;

    internal static async Task<SessionCost> MeasureAsync(int count)
    {
        using var invoker = new HttpMessageInvoker(new Given.MemoryHandler());
        var transport = new Flows.Http.HttpTransport(invoker);
        var address = new Uri("https://auth.example.com");
        var names = Enumerable.Range(0, count).Select(i => $"session {i}").ToArray();
        var requests = names.Select(name => Given.Request(address, name)).ToArray();

        // The name and the request are the caller's. The text of the token, which is as long as the server likes, is not counted.
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var sessions = await OpenAsync(requests, transport);
        var bytes = ((GC.GetTotalMemory(forceFullCollection: true) - before) / count) - (TokenServer.TokenLength * sizeof(char));

        var opened = new List<double>();
        while (opened.Count < Opened / count)
        {
            var started = Stopwatch.GetTimestamp();
            await OpenAsync(requests, transport);
            opened.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds / count);
        }

        var find = Each(i => sessions.Find(names[i % count]));
        var all = sessions.All;
        var token = Each(i => all[i % count].GetTokenAsync());
        GC.KeepAlive(sessions);
        return new SessionCost(opened.Order().ElementAt(opened.Count / 2), bytes, find, token);
    }

    private static async Task<SessionList> OpenAsync(ConnectRequest[] requests, Flows.Http.HttpTransport transport)
    {
        var sessions = new SessionList();
        foreach (var request in requests)
        {
            sessions.Add(await OAuthConnection.ConnectAsync(request, transport));
        }

        return sessions;
    }

    private static double Each<T>(Func<int, T> step)
    {
        for (var warm = 0; warm < 2; warm++)
        {
            for (var i = 0; i < Rounds; i++)
            {
                _ = step(i);
            }
        }

        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Rounds; i++)
        {
            _ = step(i);
        }

        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Rounds;
    }
}
