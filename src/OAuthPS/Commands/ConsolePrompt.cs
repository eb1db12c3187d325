using System.Management.Automation;
using System.Management.Automation.Host;
using OAuthPS.Advice;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.SignIn;
using OAuthPS.Values;

namespace OAuthPS.Commands;

/// <summary>The person at the PowerShell prompt.</summary>
/// <param name="cmdlet">The cmdlet that asks.</param>
/// <param name="onPipelineThread">Runs an action where the host may be used.</param>
internal sealed class ConsolePrompt(PSCmdlet cmdlet, Action<Action> onPipelineThread) : ISignInPrompt
{
    private const int ActivityId = 7636;

    // PowerShell's own host refuses to ask under -NonInteractive, and has no property that says so; other hosts do not know it.
    public bool IsAttended => cmdlet.Host.Name != "ConsoleHost" || !IsNonInteractive(Environment.GetCommandLineArgs());

    // As Write-Host does: seen at once, kept by a transcript, out of the way of the output.
    public void Show(SignInInstruction instruction) => onPipelineThread(() =>
        cmdlet.WriteInformation(new HostInformationMessage { Message = TerminalText.EscapeLines(SignInText.Of(instruction)) }, ["PSHOST"]));

    public Task<string?> ReadAsync(string question, CancellationToken cancellationToken)
    {
        var response = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        onPipelineThread(() => response.TrySetResult(Read(question)));
        return response.Task.WaitAsync(cancellationToken);
    }

    public void ShowProgress(string activity, TimeSpan? timeLeft) => onPipelineThread(() => cmdlet.WriteProgress(
        new ProgressRecord(ActivityId, TerminalText.Escape(activity), "Ctrl+C ends the wait")
        {
            SecondsRemaining = timeLeft is { } left ? (int)Math.Max(0, left.TotalSeconds) : -1,
            RecordType = timeLeft is null ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        }));

    // In the short forms that pwsh takes too, and before the script, whose arguments are its own.
    internal static bool IsNonInteractive(IEnumerable<string> commandLine) => commandLine.Skip(1)
        .TakeWhile(
            argument => !Names(argument, "File", "f") && !Names(argument, "Command", "c")
                && !argument.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
        .Any(argument => Names(argument, "NonInteractive", "noni"));

    private static bool Names(string argument, string option, string shortest)
    {
        var name = argument.StartsWith("--", StringComparison.Ordinal)
            ? argument[2..]
            : argument.StartsWith('-') || argument.StartsWith('/')
            ? argument[1..]
            : "";
        return name.StartsWith(shortest, StringComparison.OrdinalIgnoreCase) && option.StartsWith(name, StringComparison.OrdinalIgnoreCase);
    }

    // Not echoed, and so in no transcript: what is pasted holds a code.
    private string? Read(string question)
    {
        if (!IsAttended)
        {
            return null;
        }

        try
        {
            cmdlet.Host.UI.Write($"{question} (it is not shown), then Enter: ");
            return cmdlet.Host.UI.ReadLineAsSecureString()?.ToSecret().Reveal();
        }
        catch (Exception nobody) when (nobody is PSInvalidOperationException or HostException or NotImplementedException)
        {
            // -NonInteractive, or a host without a person.
            return null;
        }
    }
}
