namespace OAuthPS.Benchmarks.Soak;

/// <summary>The system's clock with waits a hundredth as long, so that what is repeated after a second is repeated after ten milliseconds.</summary>
internal sealed class QuickClock : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : dueTime / 100, period);
}
