namespace OAuthPS.Benchmarks;

/// <summary>
/// The system's clock, set forward by hand, so that a token expires when the benchmark wants it to. It takes no lock, as
/// FakeTimeProvider does: that would be measured too.
/// </summary>
internal sealed class ManualClock : TimeProvider
{
    private long _offset;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _offset));

    internal void Advance(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);
}
