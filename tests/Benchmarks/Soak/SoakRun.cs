using OAuthPS.Flows.Http;

namespace OAuthPS.Benchmarks.Soak;

/// <summary>
/// The long run of docs/security.md: 100,000 tokens from a server that fails in every way, 10,000 connections to the listener, 500 stops;
/// what is lost, what is left over, and whether a secret showed.
/// </summary>
internal static class SoakRun
{
    internal static async Task<int> RunAsync()
    {
        var canary = new Canary();
        using var server = await ServerProcess.StartAsync();
        using var invoker = new HttpMessageInvoker(HttpTransport.CreateHandler());
        var transport = new HttpTransport(invoker, new QuickClock());

        var tokens = new TokenSoak(server.Url, transport, canary);
        await tokens.ConnectAsync();
        await tokens.RenewAsync(tokens: 5_000);
        tokens.Forget();
        Console.WriteLine($"at first: {await Usage.MeasureAsync()}");

        var started = TimeProvider.System.GetTimestamp();
        await tokens.RenewAsync(tokens: 100_000);
        Console.WriteLine($"{tokens.Tokens:N0} tokens in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s, {tokens.Refusals:N0} typed errors, {tokens.Others.Count} other exceptions");
        Console.WriteLine($"server: {await server.CalmAsync()}");
        var lost = await tokens.CountLostAsync();
        Console.WriteLine($"{lost} of {TokenSoak.Sessions} sessions lost");
        Console.WriteLine($"after the tokens: {await Usage.MeasureAsync()}");

        // These wait for a person by the real clock.
        var waiting = new HttpTransport(invoker);
        started = TimeProvider.System.GetTimestamp();
        var connections = await ListenerSoak.RunAsync(server.Url, waiting, canary, 10_000);
        Console.WriteLine($"{connections:N0} connections in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s, and the sign-in went through");
        Console.WriteLine($"after the connections: {await Usage.MeasureAsync()}");

        var slowest = await StopSoak.RunAsync(server.Url, waiting, canary, 500);
        Console.WriteLine($"500 stops, the slowest after {slowest.TotalMilliseconds:0} ms");
        Console.WriteLine($"after the stops: {await Usage.MeasureAsync()}");

        Console.WriteLine($"canary: {canary.Texts:N0} texts searched, {canary.Leaks.Count} with a secret");
        foreach (var (message, count) in tokens.Others.Concat(canary.Leaks).CountBy(text => text).Take(10))
        {
            Console.WriteLine($"{count} times: {message}");
        }

        return lost == 0 && tokens.Others.IsEmpty && canary.Leaks.Count == 0 ? 0 : 1;
    }
}
