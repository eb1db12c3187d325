using System.Diagnostics;

namespace OAuthPS.Benchmarks.Soak;

/// <summary><see cref="FaultyServer"/> in a process of its own: what is measured here is the client alone.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    internal Uri Url { get; }

    internal static async Task<ServerProcess> StartAsync()
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ServerProcess).Assembly.Location, "soak-server"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        return new ServerProcess(process, new Uri(await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.")));
    }

    /// <summary>Ends the faults.</summary>
    /// <returns>What the server says of them.</returns>
    internal async Task<string> CalmAsync()
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(Url, "/calm"));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
