using System.ComponentModel;
using System.Diagnostics;

namespace OAuthPS.Emulator;

/// <summary>
/// The PowerShell that the tour and the acceptance suite run in: the pinned one, unless an environment variable names another.
/// </summary>
/// <param name="Command">The program, and the arguments that come before PowerShell's own.</param>
/// <param name="Description">Its version, and where it comes from.</param>
public sealed record PowerShellHost(IReadOnlyList<string> Command, string Description)
{
    /// <summary>The environment variable that names another PowerShell: a path, or a name on the <c>PATH</c>.</summary>
    public const string Variable = "OAUTHPS_PWSH";

    private static readonly Version _oldest = new(7, 4);

    private static readonly TimeSpan _longestAnswer = TimeSpan.FromMinutes(1);

    /// <summary>Finds it, and restores the pinned one where it is not restored yet.</summary>
    /// <param name="say">Takes the one line that says what is restored, before it is.</param>
    /// <exception cref="PowerShellMissingException">It cannot be had; the message says why.</exception>
    public static PowerShellHost Find(Action<string> say) => Find(Environment.GetEnvironmentVariable(Variable), say, ProcessRun.Run);

    /// <summary>The same with a given name, and a given way to run programs.</summary>
    public static PowerShellHost Find(string? named, Action<string> say, Func<ProcessStartInfo, TimeSpan, ProcessRun> run)
    {
        if (string.IsNullOrWhiteSpace(named))
            return new PinnedPowerShell(run).Find(say);

        var answer = Ask(new ProcessStartInfo(named, PowerShellAnswer.Question), run)
            ?? throw new PowerShellMissingException($"{Variable} is '{named}', which is no PowerShell that runs.");
        if (answer.Version < _oldest)
            throw new PowerShellMissingException(
                $"{Variable} is '{named}', PowerShell {answer.Version}; the module needs {_oldest} or later.");
        return new([named], $"PowerShell {answer.Version}, named by {Variable}");
    }

    /// <summary>A start of this PowerShell.</summary>
    public ProcessStartInfo Start(params IEnumerable<string> arguments) => new(Command[0], [.. Command.Skip(1), .. arguments]);

    /// <summary>What a PowerShell says of itself; null when it does not run.</summary>
    internal static PowerShellAnswer? Ask(ProcessStartInfo start, Func<ProcessStartInfo, TimeSpan, ProcessRun> run)
    {
        try
        {
            return run(start, _longestAnswer) is { ExitCode: 0 } asked ? PowerShellAnswer.Read(asked.Output) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
