namespace OAuthPS.Flows.Tests;

/// <summary>What a test waits for without looking again and again: whoever makes something happen tells it.</summary>
internal sealed class Happening
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private TaskCompletionSource _next = Fresh();

    /// <summary>Something has happened.</summary>
    internal void Tell() => Interlocked.Exchange(ref _next, Fresh()).TrySetResult();

    /// <summary>Waits until what has happened fulfils a condition.</summary>
    internal async Task UntilAsync(Func<bool> condition)
    {
        while (true)
        {
            // Taken before the look: what happens after it is told to this one.
            var next = Volatile.Read(ref _next).Task;
            if (condition())
                return;
            await next.WaitAsync(_patience);
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
