using System.Diagnostics;

namespace OAuthPS.Emulator;

/// <summary>The PowerShell of <c>.config/dotnet-tools.json</c>, a .NET tool.</summary>
internal sealed class PinnedPowerShell(Func<ProcessStartInfo, TimeSpan, ProcessRun> run)
{
    private const string Manifest = ".config/dotnet-tools.json";

    // Long enough for a slow network: the package has 70 MB.
    private static readonly TimeSpan _longestRestore = TimeSpan.FromMinutes(10);

    private readonly string _dotnet = FindDotnet();

    // dotnet looks for the manifest from the working directory upward.
    private readonly string _root = Path.GetDirectoryName(Path.GetDirectoryName(SourceTree.Find(".config", "dotnet-tools.json")))
        ?? throw new PowerShellMissingException(
            $"{Manifest} is not above {AppContext.BaseDirectory}: run this from a clone of the repository.");

    /// <summary>Finds it, and restores it where it is not restored yet.</summary>
    internal PowerShellHost Find(Action<string> say)
    {
        if (Ask() is { } restored)
            return Host(restored);

        say($"Restoring PowerShell, the .NET tool that {Manifest} pins (70 MB, once) ...");
        var restore = run(Dotnet("tool", "restore"), _longestRestore);
        if (restore.ExitCode != 0)
            throw new PowerShellMissingException($"PowerShell was not restored: {FirstLine(restore)}");
        return Host(Ask() ?? throw new PowerShellMissingException("PowerShell is restored, and does not run: try 'dotnet tool run pwsh'."));
    }

    private PowerShellAnswer? Ask() => PowerShellHost.Ask(Dotnet(["tool", "run", "pwsh", "--", .. PowerShellAnswer.Question]), run);

    // By its assembly: the tool's command starts two processes more, and the program in the package is not for every system.
    private PowerShellHost Host(PowerShellAnswer answer) =>
        new([_dotnet, Path.Combine(answer.Home, "pwsh.dll")], $"PowerShell {answer.Version}, the .NET tool that {Manifest} pins");

    private ProcessStartInfo Dotnet(params string[] arguments) => new(_dotnet, arguments) { WorkingDirectory = _root };

    private static string FirstLine(ProcessRun restore) => restore.ExitCode is null
        ? $"dotnet tool restore took longer than {_longestRestore.TotalMinutes} minutes."
        : restore.Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault() ?? $"dotnet tool restore ended with the exit code {restore.ExitCode}.";

    private static string FindDotnet()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path)
            return path;
        return Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
    }
}
