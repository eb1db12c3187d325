using System.Diagnostics.CodeAnalysis;

namespace OAuthPS.Flows.Tokens;

/// <summary>What a caller asks of a renewal.</summary>
/// <param name="MinimumLifetime">For how long at least the token must be valid.</param>
/// <param name="MustBeNew">Whether what another process has renewed is not enough.</param>
internal readonly record struct RenewalWish(TimeSpan MinimumLifetime, bool MustBeNew = false);

/// <summary>A renewal under way, and those who wait for it. It ends early once all of them have given up, as far as it may.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Its source holds nothing that the collector does not.")]
internal sealed class RunningRenewal(RenewalWish begunFor)
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private RenewalWish _all = begunFor;
    private int _waiting;

    /// <summary>What it gives; set by whoever begins it.</summary>
    internal Task<TokenState> Result { get; set; } = null!;

    /// <summary>The lifetime that the caller who began it asked for.</summary>
    internal TimeSpan BegunFor { get; } = begunFor.MinimumLifetime;

    internal CancellationToken Stopped => _stop.Token;

    /// <summary>Whether a state that another process has brought about is enough for all who wait.</summary>
    internal bool IsEnough(TokenState state, DateTimeOffset now)
    {
        lock (_gate)
        {
            return !_all.MustBeNew && state.IsGood(now, _all.MinimumLifetime);
        }
    }

    internal void Join(RenewalWish wish)
    {
        lock (_gate)
        {
            _waiting++;
            _all = new RenewalWish(
                TimeSpan.FromTicks(Math.Max(wish.MinimumLifetime.Ticks, _all.MinimumLifetime.Ticks)), wish.MustBeNew || _all.MustBeNew);
        }
    }

    /// <summary>One caller that gives up does not take the renewal with it; the last one does.</summary>
    internal void Leave()
    {
        lock (_gate)
        {
            if (--_waiting == 0)
            {
                Stop();
            }
        }
    }

    // What waits for it is told on another thread, not under a lock.
    internal void Stop() => _ = _stop.CancelAsync();
}
