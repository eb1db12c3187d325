namespace OAuthPS.Flows.Tests.Peers;

/// <summary>A clock that goes as the system's, and timers that do not: a server that asks for five seconds between two questions waits for a twentieth.</summary>
internal sealed class FastTimers : TimeProvider
{
    private const int Factor = 100;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime < TimeSpan.FromMinutes(1) ? dueTime / Factor : dueTime, period);
}
