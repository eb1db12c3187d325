using System.Globalization;

namespace OAuthPS.Benchmarks.Scale;

/// <summary>Cost against the number of sessions and of callers, as a table (<c>scale.csv</c>) and a picture (<c>scale.svg</c>).</summary>
internal static class ScaleRun
{
    private const int WarmUp = 20;

    private static readonly int[] _counts = [1, 10, 100, 1_000, 10_000];

    internal static async Task RunAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await using var server = await TokenServer.StartAsync();
        await server.WarmUpAsync();

        // Unmeasured until nothing is left to compile: that is no cost of the first count.
        for (var i = 0; i < WarmUp; i++)
        {
            await SessionCost.MeasureAsync(1_000);
            await CallerCost.MeasureAsync(server, 1_000);
        }

        var sessions = new List<SessionCost>();
        var callers = new List<CallerCost>();
        foreach (var count in _counts)
        {
            sessions.Add(await SessionCost.MeasureAsync(count));
            callers.Add(await CallerCost.MeasureAsync(server, count));
        }

        List<string> lines = ["count,open a session (us),memory of a session besides its token (bytes),find by name (ns),valid token (ns),one request (us),all callers at expiry (us)"];
        lines.AddRange(_counts.Select((count, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"{count},{sessions[i].OpenMicroseconds:0.0},{sessions[i].Bytes},{sessions[i].FindNanoseconds:0.0},{sessions[i].TokenNanoseconds:0.0},{callers[i].OneMicroseconds:0},{callers[i].AllMicroseconds:0}")));
        await File.WriteAllLinesAsync(Path.Combine(folder, "scale.csv"), lines);
        lines.ForEach(Console.WriteLine);

        Series[] series =
        [
            new("open a session, µs each", [.. sessions.Select(cost => cost.OpenMicroseconds)]),
            new("memory of a session besides its token, bytes", [.. sessions.Select(cost => (double)cost.Bytes)]),
            new("find a session by name, ns", [.. sessions.Select(cost => cost.FindNanoseconds)]),
            new("a valid token, ns", [.. sessions.Select(cost => cost.TokenNanoseconds)]),
            new("expiry until all callers have the token, µs", [.. callers.Select(cost => cost.AllMicroseconds)]),
            new("one token request, µs", [.. callers.Select(cost => cost.OneMicroseconds)]),
        ];
        await File.WriteAllTextAsync(Path.Combine(folder, "scale.svg"), Plot.Draw("Cost against the number of sessions and callers", "sessions, callers", _counts, series));
    }
}
