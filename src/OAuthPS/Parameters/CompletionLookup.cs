using OAuthPS.Flows;

namespace OAuthPS.Parameters;

/// <summary>Asks a vault or a server for a completer: soon, or not at all.</summary>
internal static class CompletionLookup
{
    // Somebody holds the Tab key and waits.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    internal static IReadOnlyList<string> Ask(Func<CancellationToken, Task<IReadOnlyList<string>>> question)
    {
        using var timer = new CancellationTokenSource(_patience);
        try
        {
            return Task.Run(() => question(timer.Token), timer.Token).WaitAsync(timer.Token).GetAwaiter().GetResult();
        }
        catch (Exception failure) when (failure is OAuthException or OperationCanceledException)
        {
            // A completer has nowhere to say what is wrong; the cmdlet will.
            return [];
        }
    }
}
