using System.Diagnostics;

namespace OAuthPS.Benchmarks.Soak;

/// <summary>What this process holds.</summary>
/// <param name="Memory">Bytes on the managed heap after a full collection.</param>
/// <param name="Handles">Open handles; files and sockets on Linux.</param>
/// <param name="Threads">Threads.</param>
internal sealed record Usage(long Memory, int Handles, int Threads)
{
    internal static async Task<Usage> MeasureAsync()
    {
        // Connections that were closed last are still on their way out.
        await Task.Delay(TimeSpan.FromSeconds(2));
        for (var time = 0; time < 3; time++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        return new Usage(
            GC.GetTotalMemory(forceFullCollection: true),
            OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries("/proc/self/fd").Length : process.HandleCount,
            process.Threads.Count);
    }

    public override string ToString() => $"{Memory / 1024.0 / 1024.0:0.0} MiB, {Handles} handles, {Threads} threads";
}
