using System.Collections.Concurrent;
using System.Text;
using OAuthPS.Flows;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Benchmarks.Soak;

/// <summary>Looks for secrets in all that a run says: every secret of the run has the mark, which is looked for plain, in hex and in base64.</summary>
internal sealed class Canary : IFlowLog, ISignInPrompt
{
    internal const string Mark = "canary_secret_";

    // Base64 of the mark wherever it stands in what was encoded: without the characters that its neighbours decide about.
    private static readonly string[] _forms =
    [
        Mark,
        Convert.ToHexString(Encoding.ASCII.GetBytes(Mark)),
        .. Enumerable.Range(0, 3).Select(offset => Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('x', offset) + Mark))[(offset == 0 ? 0 : 4)..^4]),
    ];

    private readonly ConcurrentQueue<string> _leaks = new();
    private long _texts;

    internal IReadOnlyCollection<string> Leaks => _leaks;

    internal long Texts => Interlocked.Read(ref _texts);

    internal void Search(string text)
    {
        Interlocked.Increment(ref _texts);
        if (_forms.Any(form => text.Contains(form, StringComparison.OrdinalIgnoreCase)))
        {
            _leaks.Enqueue(text);
        }
    }

    public void Verbose(string message) => Search(message);

    public void Warning(OAuthNotice notice) => Search(notice.Message);

    public void Waiting(string? reason, TimeSpan duration) => Search(reason ?? "");

    public void Show(SignInInstruction instruction) => Search(instruction.Message);

    // Nobody types anything before the wait is stopped.
    public async Task<string?> ReadAsync(string question, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return null;
    }

    public void ShowProgress(string activity, TimeSpan? timeLeft) => Search(activity);
}
