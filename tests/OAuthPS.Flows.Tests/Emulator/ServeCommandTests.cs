using System.Diagnostics;
using OAuthPS.Emulator;

namespace OAuthPS.Flows.Tests.Emulator;

/// <summary>The emulator as a process, as a person or a script starts it.</summary>
public sealed class ServeCommandTests
{
    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(EmulatorServer).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static async Task<int> EndAsync(Process process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        return process.ExitCode;
    }

    [Fact]
    public async Task Serve_says_where_it_listens_and_ends_with_its_parent()
    {
        using var process = Start("serve", "--token-lifetime", "5", "--exit-with-parent");
        var line = await process.StandardOutput.ReadLineAsync();
        Assert.Matches(@"^OAuthPS emulator listening on http://127\.0\.0\.1:\d+$", line);
        using (var http = new HttpClient())
        {
            var settings = await http.GetStringAsync(new Uri(line!["OAuthPS emulator listening on ".Length..] + "/_emulator/settings"));
            Assert.Equal("""{"tokenLifetimeSeconds":5,"refreshTokenLifetimeSeconds":null}""", settings);
        }
        process.StandardInput.Close();
        var table = await process.StandardOutput.ReadToEndAsync();
        Assert.Equal(0, await EndAsync(process));
        Assert.Contains(DemoAccounts.SpaceClientSecret, table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_plays_what_provider_files_and_dialects_describe()
    {
        using var files = new RehearsalFiles();
        var (plain, dialect) = (files.Path("plain.json", RehearsalFiles.Plain), files.Path("dialect.json", """{ "token": { "body": "{access_token}" } }"""));
        var other = files.Path("other.json", RehearsalFiles.Plain.Replace("\"Plain\"", "\"Other\"", StringComparison.Ordinal));
        using var process = Start("serve", "--exit-with-parent", "--provider", plain, "--dialect", dialect, "--provider", other);
        var address = (await process.StandardOutput.ReadLineAsync())!["OAuthPS emulator listening on ".Length..];
        var bodies = new List<string>();
        using (var http = new HttpClient { DefaultRequestHeaders = { { "Authorization", "Basic cmVoZWFyc2FsLWNsaWVudDpyZWhlYXJzYWwtc2VjcmV0" } } })
        {
            foreach (var name in new[] { "Plain", "Other" })
            {
                using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
                using var response = await http.PostAsync(new Uri($"{address}/{name}/token"), form);
                bodies.Add(await response.Content.ReadAsStringAsync());
            }
        }
        process.StandardInput.Close();
        var table = await process.StandardOutput.ReadToEndAsync();
        Assert.Equal(0, await EndAsync(process));
        Assert.StartsWith("emulated_", bodies[0], StringComparison.Ordinal);
        Assert.StartsWith("{\"access_token\":\"emulated_", bodies[1], StringComparison.Ordinal);
        Assert.Contains($"{address}/Other", table, StringComparison.Ordinal);
        Assert.Contains(DemoAccounts.RehearsalClientSecret, table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--prot")]
    [InlineData("serve", "--port")]
    [InlineData("serve", "--port", "65536")]
    [InlineData("serve", "--dialect")]
    [InlineData("serve", "--provider", "nowhere.json")]
    [InlineData("sevre")]
    public async Task A_wrong_command_line_ends_with_2_and_says_why(params string[] arguments)
    {
        using var process = Start(arguments);
        var error = await process.StandardError.ReadToEndAsync();
        Assert.Equal(2, await EndAsync(process));
        Assert.Contains(arguments[^1] == "65536" ? "--port" : arguments[^1], error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_says_what_there_is()
    {
        using var process = Start("--help");
        var help = await process.StandardOutput.ReadToEndAsync();
        Assert.Equal(0, await EndAsync(process));
        Assert.Contains("--exit-with-parent", help, StringComparison.Ordinal);
    }
}
