using System.Text.Json;
using System.Text.Json.Serialization;

namespace OAuthPS.Tests;

/// <summary>What <c>Invoke-Acceptance.ps1</c> says of a run.</summary>
/// <param name="Host">The PowerShell and the Pester that ran it.</param>
/// <param name="Files">The files that ran to their end, and last what was recorded of all of them.</param>
internal sealed record AcceptanceReport(string Host, IReadOnlyList<AcceptanceFile> Files)
{
    private static readonly JsonSerializerOptions _strict = new()
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    internal static AcceptanceReport Read(string path) => JsonSerializer.Deserialize<AcceptanceReport>(File.ReadAllText(path), _strict)!;
}

/// <summary>What came of one file.</summary>
/// <param name="File">Its name.</param>
/// <param name="Passed">How many of its tests passed.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Skipped">How many were skipped.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Lines">The failures, line by line.</param>
/// <param name="Skips">Each skipped test, and why.</param>
/// <param name="Slowest">The tests that took longest.</param>
internal sealed record AcceptanceFile(
    string File, int Passed, int Failed, int Skipped, double Seconds, IReadOnlyList<string> Lines, IReadOnlyList<AcceptanceSkip> Skips, IReadOnlyList<string> Slowest)
{
    /// <summary>Why a file of which nothing ran was skipped; null when something ran.</summary>
    internal string? Reason => Passed + Failed > 0 || Skips.Count == 0 ? null : string.Join(' ', Skips.Select(skip => skip.Reason).Distinct());
}

/// <summary>A test that was skipped.</summary>
/// <param name="Test">Its name.</param>
/// <param name="Reason">What it needs, in one line.</param>
internal sealed record AcceptanceSkip(string Test, string Reason);
