using System.Diagnostics;

namespace OAuthPS.Emulator;

/// <summary>Shows the module at work: starts an emulator, and plays a script against it that a person could have typed.</summary>
internal static class TourCommand
{
    // Long enough for a slow machine to use a token, short enough to wait for its end.
    private static readonly TimeSpan _tokenLifetime = TimeSpan.FromSeconds(4);

    public static async Task<int> RunAsync()
    {
        var (host, missing) = FindHost();
        if (host is null && !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(PowerShellHost.Variable)))
        {
            await Console.Error.WriteLineAsync(missing);
            return 1;
        }

        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions { TokenLifetime = _tokenLifetime });
        Console.WriteLine($"OAuthPS emulator listening on {server.BaseAddress.GetLeftPart(UriPartial.Authority)}");
        if (host is null)
        {
            Console.WriteLine($"{missing} Here are the same steps by the flow library.");
            return await LibraryTour.RunAsync(server, _tokenLifetime);
        }

        Console.WriteLine($"The cmdlets run in {host.Description}.");
        return await PlayAsync(host, server);
    }

    private static (PowerShellHost? Host, string? Missing) FindHost()
    {
        try
        {
            return (PowerShellHost.Find(Console.WriteLine), null);
        }
        catch (PowerShellMissingException missing)
        {
            return (null, missing.Message);
        }
    }

    private static async Task<int> PlayAsync(PowerShellHost host, EmulatorServer server)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Tour");
        var start = host.Start(
            "-NoLogo", "-NoProfile", "-NonInteractive", "-File", Path.Combine(folder, "play.ps1"),
            "-Script", Path.Combine(folder, "tour.ps1"),
            "-Module", Module(),
            "-Emulator", server.BaseAddress.GetLeftPart(UriPartial.Authority));
        start.Environment["BROWSER"] = Browser();
        using var process = Process.Start(start) ?? throw new InvalidOperationException("PowerShell did not start.");
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    // The person who signs in is this program again, whether it was started by itself or by dotnet.
    private static string Browser()
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? $"\"{program}\" \"{typeof(TourCommand).Assembly.Location}\" browse %s"
            : $"\"{program}\" browse %s";
    }

    // The module is laid out at the top of the tree, by the build that built this program.
    private static string Module() => SourceTree.Find("artifacts", "module", "OAuthPS", "OAuthPS.psd1")
        ?? throw new FileNotFoundException("The module is not built: run dotnet build at the top of the repository.");
}
