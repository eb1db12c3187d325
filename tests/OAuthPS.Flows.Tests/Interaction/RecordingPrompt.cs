using System.Collections.Concurrent;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>A person who is told things, and pastes what the test says; nobody is there to ask when it says nothing.</summary>
internal sealed class RecordingPrompt(Func<Uri, string?>? paste = null) : ISignInPrompt
{
    private readonly ConcurrentQueue<string> _shown = new();
    private readonly ConcurrentQueue<TimeSpan?> _progress = new();
    private readonly TaskCompletionSource<Uri> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public bool IsAttended { get; init; } = true;

    internal string Shown => string.Join('\n', _shown);

    internal IReadOnlyList<TimeSpan?> Progress => [.. _progress];

    /// <summary>The first address that was shown.</summary>
    internal Task<Uri> Url => _url.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public void Show(SignInInstruction instruction)
    {
        _shown.Enqueue(instruction.Message);
        if (instruction.Step != SignInStep.EnterCode)
            _url.TrySetResult(instruction.Address);
    }

    public async Task<string?> ReadAsync(string question, CancellationToken cancellationToken) => paste?.Invoke(await Url);

    public void ShowProgress(string activity, TimeSpan? timeLeft) => _progress.Enqueue(timeLeft);
}
