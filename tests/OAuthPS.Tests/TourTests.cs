using OAuthPS.Emulator;

namespace OAuthPS.Tests;

/// <summary>The first command of the README, run as a person would.</summary>
public sealed class TourTests
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(3);

    [SkippableFact]
    public async Task The_tour_plays_every_step_in_a_real_PowerShell_and_shows_no_token()
    {
        var path = Environment.GetEnvironmentVariable("PATH");
        Skip.If(await Emulator.PowerShellHost.FindAsync(path) is null, Emulator.PowerShellHost.HowToGet);

        var tour = Play(path!);

        Assert.True(tour.ExitCode == 0, tour.Output);
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
    public void Without_PowerShell_the_tour_plays_the_same_steps_by_the_flow_library_and_says_how_to_get_it()
    {
        var empty = Directory.CreateTempSubdirectory("oauthps-");
        try
        {
            var tour = Play(empty.FullName);

            Assert.True(tour.ExitCode == 0, tour.Output);
            Assert.Contains(Emulator.PowerShellHost.HowToGet, tour.Output, StringComparison.Ordinal);
            Assert.Contains("# Spacebring, by a person's sign-in", tour.Output, StringComparison.Ordinal);
            Assert.Contains("# SpatiaFi, steps 3 and 4", tour.Output, StringComparison.Ordinal);
        }
        finally
        {
            empty.Delete(recursive: true);
        }
    }

    private static ProcessRun Play(string path) => ProcessRun.Run(
        Environment.ProcessPath!, [typeof(DemoAccounts).Assembly.Location, "tour"], _longest, new Dictionary<string, string> { ["PATH"] = path });
}
