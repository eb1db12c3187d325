using System.Collections.Concurrent;

namespace OAuthPS.Flows.Tests;

/// <summary>A fake clock that says when somebody starts to wait, so that a test advances it neither too early nor too late.</summary>
internal sealed class WatchedClock() : FakeTimeProvider(Given.Start), IDisposable
{
    private readonly ConcurrentDictionary<TimeSpan, SemaphoreSlim> _waits = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Of(dueTime).Release();
        return timer;
    }

    /// <summary>Until somebody waits for that long; each wait is seen once.</summary>
    internal async Task WaitOfAsync(TimeSpan time) =>
        Assert.True(await Of(time).WaitAsync(TimeSpan.FromSeconds(20)), $"Nobody waits for {time}.");

    public void Dispose()
    {
        foreach (var wait in _waits.Values)
            wait.Dispose();
    }

    private SemaphoreSlim Of(TimeSpan time) => _waits.GetOrAdd(time, _ => new SemaphoreSlim(0));
}
