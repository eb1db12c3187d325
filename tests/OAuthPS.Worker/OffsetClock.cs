namespace OAuthPS.Worker;

/// <summary>The system's clock, ahead by what it is told: an expiry without a wait.</summary>
public sealed class OffsetClock : TimeProvider
{
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
}
