using System.Runtime.InteropServices;

namespace OAuthPS.Tests;

/// <summary>A PowerShell that can run the acceptance suite, or the reason why there is none.</summary>
/// <param name="Executable">The program; null when there is none.</param>
/// <param name="Missing">What is missing, in one line; null when nothing is.</param>
internal sealed record PowerShellHost(string? Executable, string? Missing)
{
    private static readonly Version _least = new(7, 4);

    // The version of PowerShell, and of its newest Pester 5.
    private const string Question =
        "$ProgressPreference = 'SilentlyContinue'; $version = $PSVersionTable.PSVersion; \"$($version.Major).$($version.Minor).$($version.Patch)\"; \"$(Get-Module Pester -ListAvailable | Where-Object { $_.Version.Major -eq 5 } | Select-Object -First 1 -ExpandProperty Version)\"";

    /// <summary>Looks for <c>pwsh</c> in the folders of a PATH.</summary>
    /// <param name="path">The folders, separated as the system separates them.</param>
    /// <param name="ask">Gives what a PowerShell says to a command; null when it cannot be run.</param>
    internal static PowerShellHost Find(string? path, Func<string, string, string?> ask)
    {
        var program = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "pwsh.exe" : "pwsh";
        var executable = (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        if (executable is null)
        {
            return None("there is no pwsh on the PATH; https://aka.ms/powershell says how to get it.");
        }

        if (ask(executable, Question)?.ReplaceLineEndings("\n").Split('\n') is not [var version, var pester, ..] || !Version.TryParse(version, out var found))
        {
            return None($"{program} does not say its version.");
        }

        if (found < _least)
        {
            return None($"{program} is {found}, and the module needs {_least} or later.");
        }

        return pester.Length == 0
            ? None($"{program} {found} has no Pester 5; Install-PSResource Pester -Version '[5.0,6.0)' gets it.")
            : new PowerShellHost(executable, null);
    }

    /// <summary>The arguments by which a PowerShell runs a command and nothing else.</summary>
    internal static IReadOnlyList<string> Arguments(string command) => ["-NoProfile", "-NonInteractive", "-Command", command];

    private static PowerShellHost None(string missing) => new(null, "The Pester suite was not run: " + missing);
}
