using System.Diagnostics;

namespace OAuthPS.Emulator;

/// <summary>The <c>pwsh</c> of this machine.</summary>
public static class PowerShellHost
{
    /// <summary>How to get one, in a line.</summary>
    public const string HowToGet = "PowerShell 7.4 or later was not found on the PATH: see https://learn.microsoft.com/powershell/scripting/install/installing-powershell";

    private static readonly Version _oldest = new(7, 4);

    /// <summary>Finds one that is new enough.</summary>
    /// <param name="path">Where to look: folders, separated as in <c>PATH</c>.</param>
    /// <returns>The program, or null.</returns>
    public static async Task<string?> FindAsync(string? path)
    {
        var name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        foreach (var program in (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).Where(File.Exists))
            if (await VersionOfAsync(program) is { } version && version >= _oldest)
                return program;
        return null;
    }

    private static async Task<Version?> VersionOfAsync(string program)
    {
        var start = new ProcessStartInfo(program, ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", "\"$($PSVersionTable.PSVersion.Major).$($PSVersionTable.PSVersion.Minor)\""])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start);
        if (process is null)
            return null;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return Version.TryParse(output.Trim(), out var version) ? version : null;
    }
}
