namespace OAuthPS.Emulator;

/// <summary>What a PowerShell says of itself.</summary>
/// <param name="Version">Its version, without the label of a preview.</param>
/// <param name="Home">The folder of its assemblies, <c>$PSHOME</c>.</param>
internal sealed record PowerShellAnswer(Version Version, string Home)
{
    /// <summary>The arguments that make it say so.</summary>
    internal static IReadOnlyList<string> Question { get; } =
    [
        "-NoLogo", "-NoProfile", "-NonInteractive", "-Command",
        "$v = $PSVersionTable.PSVersion; \"$($v.Major).$($v.Minor).$($v.Patch)\"; $PSHOME",
    ];

    /// <summary>Reads the answer.</summary>
    /// <returns>Null when it is none.</returns>
    internal static PowerShellAnswer? Read(string output) =>
        output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries) is [var version, var home]
            && Version.TryParse(version, out var parsed)
            ? new PowerShellAnswer(parsed, home)
            : null;
}
