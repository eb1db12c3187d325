using System.Diagnostics;
using OAuthPS.Worker;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>A process of tests/OAuthPS.Worker.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <summary>Starts one; it is ready when the task has completed.</summary>
    internal static async Task<WorkerProcess> StartAsync(string vaultFolder, string lockFolder, (string Name, string Value)? variable = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(FileVault).Assembly.Location, vaultFolder, lockFolder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        if (variable is { } set)
            start.Environment[set.Name] = set.Value;
        var worker = new WorkerProcess(Process.Start(start)!);
        Assert.Equal("ready", await worker.AnswerAsync());
        return worker;
    }

    /// <summary>Asks for a token of a session, with the clock so many seconds ahead.</summary>
    internal async Task<string> AskAsync(string session, int seconds)
    {
        Say(session, seconds);
        return await AnswerAsync();
    }

    internal void Say(string session, int seconds)
    {
        _process.StandardInput.WriteLine($"{session} {seconds}");
        _process.StandardInput.Flush();
    }

    internal async Task<string> AnswerAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(_patience) ?? "ended";

    /// <summary>kill -9: the process does not learn of it.</summary>
    internal Task KillAsync()
    {
        _process.Kill();
        return _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
