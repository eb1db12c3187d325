using OAuthPS.Emulator;
using Xunit.Abstractions;

namespace OAuthPS.Tests;

/// <summary>The Pester suite of <c>tests/Acceptance</c>, in a real PowerShell, as one test.</summary>
public sealed class AcceptanceTests(ITestOutputHelper output)
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(10);

    [SkippableFact]
    public void The_module_is_accepted_by_a_real_PowerShell()
    {
        // Whoever adds up the counts must not find those of another run.
        var root = Repository.Root;
        var artifacts = Directory.CreateDirectory(Path.Combine(root, "artifacts"));
        var counts = Path.Combine(artifacts.FullName, "acceptance.txt");
        File.Delete(counts);

        var host = PowerShellHost.Find(Environment.GetEnvironmentVariable("PATH"), Ask);
        Skip.If(host.Missing is not null, host.Missing);
        var run = ProcessRun.Run(
            host.Executable!,
            ["-NoProfile", "-NonInteractive", "-File", Path.Combine(root, "tests", "Acceptance", "Invoke-Acceptance.ps1"), "-CountsPath", counts],
            _longest,
            new Dictionary<string, string>
            {
                ["OAUTHPS_TEST_MODULE"] = Path.Combine(root, "artifacts", "module", "OAuthPS", "OAuthPS.psd1"),
                ["OAUTHPS_TEST_EMULATOR"] = typeof(DemoAccounts).Assembly.Location,
                ["OAUTHPS_TEST_NEIGHBOUR"] = Path.Combine(root, "artifacts", "neighbour", "OAuthPS.Neighbour.dll"),
            });

        output.WriteLine(run.Output);
        Assert.True(run.ExitCode is not null, $"The suite was ended after {_longest.TotalMinutes} minutes. It said:\n{run.Output}");
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Matches(@"^Pester: [1-9]\d* passed, 0 failed, \d+ skipped\s*$", File.ReadAllText(counts));
    }

    private static string? Ask(string executable, string command) =>
        ProcessRun.Run(executable, PowerShellHost.Arguments(command), TimeSpan.FromMinutes(1)) is { ExitCode: 0 } run ? run.Output : null;
}
