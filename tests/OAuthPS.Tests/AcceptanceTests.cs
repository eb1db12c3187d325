using Xunit.Abstractions;

namespace OAuthPS.Tests;

/// <summary>The Pester suite of <c>tests/Acceptance</c>, in a real PowerShell: an entry for each file, and one for the record of the run.</summary>
public sealed class AcceptanceTests(AcceptanceRun run, ITestOutputHelper output) : IClassFixture<AcceptanceRun>
{
    public static TheoryData<string> Files { get; } =
        [.. Repository.Files(Path.Combine("tests", "Acceptance"), "*.Tests.ps1").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void A_real_PowerShell_accepts(string file) => Check(run.Of(file));

    [SkippableFact]
    public void No_secret_is_in_the_record_of_the_run() => Check(run.Of("Canary.Recording.ps1"));

    private void Check(AcceptanceFile file)
    {
        output.WriteLine($"{file.Passed} passed, {file.Failed} failed, {file.Skipped} skipped, {file.Seconds} s");
        foreach (var skip in file.Skips)
        {
            output.WriteLine($"Skipped: {skip.Test}: {skip.Reason}");
        }

        Assert.True(file.Failed == 0, string.Join('\n', file.Lines));
        Skip.If(file.Reason is not null, file.Reason);
        Assert.True(file.Passed > 0, $"{file.File} has no test that ran.");
    }
}
