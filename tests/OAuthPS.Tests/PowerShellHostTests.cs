using System.ComponentModel;
using System.Diagnostics;
using OAuthPS.Emulator;

namespace OAuthPS.Tests;

public sealed class PowerShellHostTests
{
    private const string NotRestored = "Run \"dotnet tool restore\" to make the \"pwsh\" command available.\n";

    private readonly List<string> _asked = [];

    private readonly List<string> _said = [];

    [Fact]
    public void The_pinned_one_is_taken_and_started_by_its_assembly()
    {
        var host = Find(null, Response("7.6.9\n/packages/powershell\n"));

        Assert.EndsWith("dotnet", Path.GetFileNameWithoutExtension(host.Command[0]), StringComparison.Ordinal);
        Assert.Equal(Path.Combine("/packages/powershell", "pwsh.dll"), host.Command[1]);
        Assert.Equal("PowerShell 7.6.9, the .NET tool that .config/dotnet-tools.json pins", host.Description);
        Assert.Equal(["pwsh.dll", "-File", "a.ps1"], host.Start("-File", "a.ps1").ArgumentList.Select(argument => Path.GetFileName(argument)));
        Assert.StartsWith("tool run pwsh -- -NoLogo -NoProfile -NonInteractive -Command ", Assert.Single(_asked), StringComparison.Ordinal);
        Assert.Empty(_said);
    }

    [Fact]
    public void The_pinned_one_is_restored_where_it_is_not_and_one_line_says_so_before()
    {
        var host = Find(" ", new(1, NotRestored), new(0, "Restore was successful.\n"), Response("7.6.9\n/packages/powershell\n"));

        Assert.Equal("PowerShell 7.6.9, the .NET tool that .config/dotnet-tools.json pins", host.Description);
        Assert.Equal("tool restore", _asked[1]);
        Assert.Equal("1: Restoring PowerShell, the .NET tool that .config/dotnet-tools.json pins (70 MB, once) ...", Assert.Single(_said));
    }

    [Theory]
    [InlineData(1, "error NU1301: Unable to load the service index.\nmore\n", "PowerShell was not restored: error NU1301: Unable to load the service index.")]
    [InlineData(1, "", "PowerShell was not restored: dotnet tool restore ended with the exit code 1.")]
    [InlineData(null, "Still here\n", "PowerShell was not restored: dotnet tool restore took longer than 10 minutes.")]
    [InlineData(0, "Restore was successful.\n", "PowerShell is restored, and does not run: try 'dotnet tool run pwsh'.")]
    public void A_pinned_one_that_cannot_be_had_is_an_error_of_one_line(int? exitCode, string output, string message) =>
        Assert.Equal(message, Assert.Throws<PowerShellMissingException>(() => Find(null, new(1, NotRestored), new(exitCode, output), new(1, ""))).Message);

    [Fact]
    public void One_that_is_named_is_taken_in_its_place_and_no_tool_is_asked()
    {
        var host = Find("/opt/powershell/pwsh", Response("7.4.0\r\n/opt/powershell\r\n"));

        Assert.Equal(["/opt/powershell/pwsh"], host.Command);
        Assert.Equal("PowerShell 7.4.0, named by OAUTHPS_PWSH", host.Description);
        Assert.StartsWith("-NoLogo ", Assert.Single(_asked), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "7.3.12\n/opt\n", "OAUTHPS_PWSH is 'my-pwsh', PowerShell 7.3.12; the module needs 7.4 or later.")]
    [InlineData(0, "hello\n", "OAUTHPS_PWSH is 'my-pwsh', which is no PowerShell that runs.")]
    [InlineData(0, "hello\nworld\n", "OAUTHPS_PWSH is 'my-pwsh', which is no PowerShell that runs.")]
    [InlineData(1, "7.6.9\n/opt\n", "OAUTHPS_PWSH is 'my-pwsh', which is no PowerShell that runs.")]
    [InlineData(null, "7.6.9\n/opt\n", "OAUTHPS_PWSH is 'my-pwsh', which is no PowerShell that runs.")]
    public void One_that_is_named_and_will_not_do_is_an_error_and_nothing_else_is_taken(int? exitCode, string output, string message)
    {
        Assert.Equal(message, Assert.Throws<PowerShellMissingException>(() => Find("my-pwsh", new ProcessRun(exitCode, output))).Message);
        Assert.Single(_asked);
    }

    [Fact]
    public void A_name_without_a_program_is_an_error_of_the_same_kind()
    {
        var missing = Assert.Throws<PowerShellMissingException>(() => PowerShellHost.Find("no-such-program", _said.Add, (_, _) => throw new Win32Exception(2)));

        Assert.Equal("OAUTHPS_PWSH is 'no-such-program', which is no PowerShell that runs.", missing.Message);
    }

    private static ProcessRun Response(string output) => new(0, output);

    private PowerShellHost Find(string? named, params ProcessRun[] runs)
    {
        return PowerShellHost.Find(named, line => _said.Add($"{_asked.Count}: {line}"), Next);

        ProcessRun Next(ProcessStartInfo start, TimeSpan longest)
        {
            Assert.InRange(longest, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
            _asked.Add(string.Join(' ', start.ArgumentList));
            return runs[_asked.Count - 1];
        }
    }
}
