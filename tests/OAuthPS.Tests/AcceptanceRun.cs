using OAuthPS.Emulator;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace OAuthPS.Tests;

/// <summary>
/// One run of the whole Pester suite, for all of its files: its record is searched as a whole, and a PowerShell for each file would
/// cost its start.
/// </summary>
public sealed class AcceptanceRun
{
    // The suite ends itself when one of its files does not end, and reports the others; this is for when it does not.
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(18);

    private readonly AcceptanceReport? _report;

    private readonly string _said;

    public AcceptanceRun(IMessageSink diagnostics)
    {
        // Whoever adds up the counts must not find those of another run.
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts")).FullName, "acceptance.json");
        File.Delete(path);

        var host = TestHost.Find(Say);
        Say($"The acceptance suite runs in {host.Description}.");
        var start = host.Start("-NoProfile", "-NonInteractive", "-File", Path.Combine(Repository.Root, "tests", "Acceptance", "Invoke-Acceptance.ps1"), "-ReportPath", path);
        start.Environment["OAUTHPS_TEST_MODULE"] = Path.Combine(Repository.Root, "artifacts", "module", "OAuthPS", "OAuthPS.psd1");
        start.Environment["OAUTHPS_TEST_EMULATOR"] = typeof(DemoAccounts).Assembly.Location;
        start.Environment["OAUTHPS_TEST_NEIGHBOUR"] = Path.Combine(Repository.Root, "artifacts", "neighbour", "OAuthPS.Neighbour.dll");
        var run = ProcessRun.Run(start, _longest);
        _said = run.ExitCode is null ? $"The suite was ended after {_longest.TotalMinutes} minutes. It said:\n{run.Output}" : run.Output;
        _report = File.Exists(path) ? AcceptanceReport.Read(path) : null;

        void Say(string line) => diagnostics.OnMessage(new DiagnosticMessage(line));
    }

    /// <summary>What came of a file.</summary>
    /// <exception cref="XunitException">It did not run to its end; the message has what the suite said.</exception>
    internal AcceptanceFile Of(string file) => _report?.Files.FirstOrDefault(one => one.File == file) ?? throw new XunitException($"{file} did not run to its end. {_said}");
}
