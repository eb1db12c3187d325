using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace OAuthPS.Flows.SignIn;

/// <summary>Opens the system's browser (RFC 8252 section 4: an external one, never an embedded one).</summary>
internal static partial class Browser
{
    private static readonly TimeSpan _timeToFail = TimeSpan.FromSeconds(2);

    /// <returns>Whether one was started; false where there is none, such as over SSH.</returns>
    internal static async Task<bool> OpenAsync(Uri url, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var start in Commands(url))
        {
            if (await OpenAsync(start, clock, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<bool> OpenAsync(ProcessStartInfo start, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(start);
            if (process is null || OperatingSystem.IsWindows())
            {
                // The shell on Windows hands the address to a browser that may be running already.
                return true;
            }

            // What a browser says on its way up belongs to nobody's console.
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();

            // xdg-open without a browser ends at once and says so by its exit code.
            var exited = process.WaitForExitAsync(CancellationToken.None);
            await Task.WhenAny(exited, Task.Delay(_timeToFail, clock, cancellationToken)).ConfigureAwait(false);
            return !exited.IsCompleted || process.ExitCode == 0;
        }
        catch (Exception failure) when (
            failure is Win32Exception or InvalidOperationException or IOException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    // The variable is a list as PATH is one, for xdg-open and Python's webbrowser too; what stands in quotes is not taken apart.
    private static IEnumerable<ProcessStartInfo> Commands(Uri url)
    {
        if (Environment.GetEnvironmentVariable("BROWSER") is { } chosen && !string.IsNullOrWhiteSpace(chosen))
        {
            return Regex.Matches(chosen, $"(?:\"[^\"]*\"|[^{Path.PathSeparator}])+")
                .Where(command => !string.IsNullOrWhiteSpace(command.Value))
                .Select(command => FromVariable(command.Value, url));
        }

        return OfSystem(url) is { } start ? [start] : [];
    }

    private static ProcessStartInfo? OfSystem(Uri url)
    {
        if (OperatingSystem.IsWindows())
        {
            return new ProcessStartInfo(url.AbsoluteUri) { UseShellExecute = true };
        }

        if (OperatingSystem.IsMacOS())
        {
            return Quietly("/usr/bin/open", url.AbsoluteUri);
        }

        // Without a display there is nothing to open; what there may be in a terminal would take the session over.
        var hasDisplay = Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };
        return hasDisplay ? Quietly("xdg-open", url.AbsoluteUri) : null;
    }

    // A command with arguments, quoted where they have spaces; %s stands for the address, which else comes last. No shell is involved.
    private static ProcessStartInfo FromVariable(string command, Uri url)
    {
        var words = Word().Matches(command).Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Value).ToList();
        var arguments = words.Skip(1).Select(word => word.Replace("%s", url.AbsoluteUri, StringComparison.Ordinal)).ToList();
        if (!command.Contains("%s", StringComparison.Ordinal))
        {
            arguments.Add(url.AbsoluteUri);
        }

        return Quietly(words[0], [.. arguments]);
    }

    [GeneratedRegex("\"([^\"]*)\"|\\S+")]
    private static partial Regex Word();

    private static ProcessStartInfo Quietly(string program, params string[] arguments) => new(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    };
}
