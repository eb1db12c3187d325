using System.Diagnostics;
using OAuthPS.Emulator;

namespace OAuthPS.Tests;

/// <summary>The first command of the README, run as a person would.</summary>
public sealed class TourTests : IDisposable
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _empty = Directory.CreateTempSubdirectory("oauthps-");

    public void Dispose() => _empty.Delete(recursive: true);

    [Fact]
    public void The_tour_plays_every_step_in_a_real_PowerShell_and_shows_no_token()
    {
        var host = TestHost.Find(_ => { });

        var tour = Play();

        Assert.True(tour.ExitCode == 0, tour.Output);
        Assert.Contains($"The cmdlets run in {host.Description}.", tour.Output, StringComparison.Ordinal);
        foreach (var provider in new[] { "Blynk", "Spacebring", "JetBrainsSpace", "SpatiaFi" })
        {
            Assert.Contains($"PS> Connect-OAuthProvider {provider}", tour.Output, StringComparison.Ordinal);
        }

        // Each of the five sessions with a token let it expire, and renewed it.
        Assert.Equal(5, tour.Output.Split("PS> Get-OAuthToken -Verbose").Length - 1);
        Assert.Contains("grant_type=refresh_token&refresh_token=***", tour.Output, StringComparison.Ordinal);
        Assert.Contains("oauth2/revoke?token=***", tour.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Bearer ey", tour.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_PowerShell_cannot_be_restored_the_tour_says_why_and_plays_the_same_steps_by_the_flow_library()
    {
        // A user without packages, whose only source of them is an empty folder.
        var settings = _empty.CreateSubdirectory(Path.Combine(".nuget", "NuGet"));
        var source = _empty.CreateSubdirectory("source");
        var text = $"""<configuration><packageSources><clear /><add key="empty" value="{source.FullName}" /></packageSources></configuration>""";
        File.WriteAllText(Path.Combine(settings.FullName, "NuGet.Config"), text);
        File.WriteAllText(Path.Combine(_empty.CreateSubdirectory("NuGet").FullName, "NuGet.Config"), text);

        var tour = Play(
            ("HOME", _empty.FullName), ("USERPROFILE", _empty.FullName), ("APPDATA", _empty.FullName), ("DOTNET_CLI_HOME", _empty.FullName),
            ("NUGET_PACKAGES", Path.Combine(_empty.FullName, "packages")), (PowerShellHost.Variable, ""));

        Assert.True(tour.ExitCode == 0, tour.Output);
        Assert.Contains("Restoring PowerShell, the .NET tool that .config/dotnet-tools.json pins", tour.Output, StringComparison.Ordinal);
        Assert.Matches(@"PowerShell was not restored: .*powershell.* Here are the same steps by the flow library\.", tour.Output);
        Assert.Contains("# Spacebring, by a person's sign-in", tour.Output, StringComparison.Ordinal);
        Assert.Contains("# SpatiaFi, steps 3 and 4", tour.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_PowerShell_that_is_named_and_does_not_run_is_an_error_and_nothing_is_played()
    {
        var tour = Play((PowerShellHost.Variable, "no-such-program"));

        Assert.Equal(1, tour.ExitCode);
        Assert.Equal("OAUTHPS_PWSH is 'no-such-program', which is no PowerShell that runs.", tour.Output.Trim());
    }

    private static ProcessRun Play(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(DemoAccounts).Assembly.Location, "tour"]);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return ProcessRun.Run(start, _longest);
    }
}
