namespace OAuthPS.Benchmarks;

/// <summary>A clock that is set forward by hand, so that a token expires when the benchmark wants it to.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long _offset;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _offset));

    internal void Advance(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);
}
