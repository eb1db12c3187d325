using OAuthPS.Flows.Connect;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>What belongs to the whole process changes one test at a time, and with no other test beside it.</summary>
[CollectionDefinition(nameof(ProcessEnvironment), DisableParallelization = true)]
public sealed class ProcessEnvironment;

/// <summary>Which program is started as the browser, and what happens where there is none.</summary>
[Collection(nameof(ProcessEnvironment))]
public sealed class BrowserChoiceTests : IDisposable
{
    private static readonly string[] _variables = ["BROWSER", "DISPLAY", "WAYLAND_DISPLAY"];

    private readonly Dictionary<string, string?> _before = _variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);
    private readonly string _folder = Directory.CreateTempSubdirectory("browser choice ").FullName;

    public BrowserChoiceTests()
    {
        foreach (var name in _variables)
            Environment.SetEnvironmentVariable(name, null);
    }

    [SkippableTheory]
    [InlineData("\"{0}\" %s", "[{1}]")]
    [InlineData("\"{0}\"", "[{1}]")]
    [InlineData("\"{0}\" --new-window %s --last", "[--new-window][{1}][--last]")]
    [InlineData("  \"{0}\"   \"two words\"  --url=%s ", "[two words][--url={1}]")]
    public async Task The_variable_names_a_command_with_the_address_in_its_place_or_last(string command, string expected)
    {
        Skip.If(OperatingSystem.IsWindows());
        var program = Script("printf '[%s]' \"$@\" > \"$(dirname \"$0\")/seen\"");
        Environment.SetEnvironmentVariable("BROWSER", string.Format(System.Globalization.CultureInfo.InvariantCulture, command, program, ""));
        var url = new Uri("https://login.example.com/authorize?a=1&b=%20'$(id)`id`;x");

        Assert.True(await Browser.OpenAsync(url, TimeProvider.System, default));

        Assert.Equal(expected.Replace("{1}", url.AbsoluteUri, StringComparison.Ordinal), await File.ReadAllTextAsync(Path.Combine(_folder, "seen")));
    }

    [SkippableTheory]
    [InlineData("no-such-browser:\"{0}\" %s:neither", "[{1}]")]
    [InlineData(":: \"{0}\" --new-tab:lynx", "[--new-tab][{1}]")]
    [InlineData("\"{0}\" \"--profile=a:b\" %s", "[--profile=a:b][{1}]")]
    public async Task A_list_is_tried_from_its_beginning_until_one_opens(string list, string expected)
    {
        Skip.If(OperatingSystem.IsWindows(), "The list is separated by semicolons there.");
        var program = Script("printf '[%s]' \"$@\" >> \"$(dirname \"$0\")/seen\"");
        Environment.SetEnvironmentVariable("BROWSER", string.Format(System.Globalization.CultureInfo.InvariantCulture, list, program));
        var url = new Uri("https://login.example.com:8443/authorize?a=1:2");

        Assert.True(await Browser.OpenAsync(url, TimeProvider.System, default));

        Assert.Equal(expected.Replace("{1}", url.AbsoluteUri, StringComparison.Ordinal), await File.ReadAllTextAsync(Path.Combine(_folder, "seen")));
    }

    [SkippableFact]
    public async Task One_that_says_it_failed_leads_to_the_next_and_a_list_of_none_to_none()
    {
        Skip.If(OperatingSystem.IsWindows(), "The list is separated by semicolons there.");
        var program = Script("echo \"$1\" >> \"$(dirname \"$0\")/seen\"; test \"$1\" = second");
        Environment.SetEnvironmentVariable("BROWSER", $"\"{program}\" first:\"{program}\" second:\"{program}\" third");
        Assert.True(await Browser.OpenAsync(new Uri("https://login.example.com"), TimeProvider.System, default));
        Assert.Equal(["first", "second"], await File.ReadAllLinesAsync(Path.Combine(_folder, "seen")));

        Environment.SetEnvironmentVariable("BROWSER", "no-such-browser:neither-this");
        Assert.False(await Browser.OpenAsync(new Uri("https://login.example.com"), TimeProvider.System, default));
    }

    [SkippableFact]
    public async Task A_command_that_says_it_failed_is_no_browser()
    {
        Skip.If(OperatingSystem.IsWindows());
        Environment.SetEnvironmentVariable("BROWSER", $"\"{Script("exit 3")}\"");

        Assert.False(await Browser.OpenAsync(new Uri("https://login.example.com"), TimeProvider.System, default));
    }

    [SkippableFact]
    public async Task A_browser_that_stays_is_not_waited_for()
    {
        Skip.If(OperatingSystem.IsWindows());
        var clock = new WatchedClock();
        Environment.SetEnvironmentVariable("BROWSER", $"\"{Script("exec cat \"$(dirname \"$0\")/pipe\"")}\"");
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_folder, "pipe")]))
            await mkfifo.WaitForExitAsync();

        var opened = Browser.OpenAsync(new Uri("https://login.example.com"), clock, default);
        await clock.WaitOfAsync(TimeSpan.FromSeconds(2));
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.True(await opened.WaitAsync(RawBrowser.Patience));
        await File.WriteAllTextAsync(Path.Combine(_folder, "pipe"), "ended");
    }

    [SkippableTheory]
    [InlineData("no-such-browser-anywhere %s")]
    [InlineData("\"\"")]
    [InlineData("   ")]
    [InlineData("%s")]
    [InlineData(" : ")]
    [InlineData(null)]
    public async Task Where_no_browser_opens_the_address_is_shown_and_the_wait_goes_on(string? command)
    {
        Skip.If(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS());
        Environment.SetEnvironmentVariable("BROWSER", command);
        var wire = new Wire().Otherwise(_ => Given.Token("token"));
        var prompt = new RecordingPrompt();

        var session = OAuthConnection.ConnectAsync(SignInRun.Space, prompt, wire.Transport, wire.Log);
        var url = await prompt.Url;

        Assert.Equal(
            $"No browser opens here. Open this address in one on this machine to sign in to JetBrains Space:\n\n{url.AbsoluteUri}\n", prompt.Shown);
        var port = new Uri(SignInRun.Parameter(url, "redirect_uri")!).Port;
        await RawBrowser.GetAsync(port, $"/?code=c&state={SignInRun.Parameter(url, "state")}");
        await session.WaitAsync(RawBrowser.Patience);
    }

    [SkippableFact]
    public async Task Where_the_display_is_but_its_program_is_not_the_address_is_shown_too()
    {
        Skip.If(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS());
        Environment.SetEnvironmentVariable("DISPLAY", ":no-such-display");
        var path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", _folder);
        try
        {
            Assert.False(await Browser.OpenAsync(new Uri("https://login.example.com"), TimeProvider.System, default));
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
            Environment.SetEnvironmentVariable(name, value);
        Directory.Delete(_folder, recursive: true);
    }

    private string Script(string body)
    {
        var path = Path.Combine(_folder, "browser");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
