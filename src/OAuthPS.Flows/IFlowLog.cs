namespace OAuthPS.Flows;

/// <summary>
/// Where a flow says what it does. Called from any thread, also after the caller stopped waiting; what is passed holds no secret.
/// </summary>
public interface IFlowLog
{
    /// <summary>Whether <see cref="Verbose(string)"/> leads anywhere; what it would say is else not even put together.</summary>
    bool WantsVerbose => true;

    /// <summary>What is sent and what comes back, secrets replaced.</summary>
    void Verbose(string message);

    /// <summary>What happened on the way, with the facts for a program's own words.</summary>
    void Verbose(OAuthNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        Verbose(notice.Message);
    }

    /// <summary>Something the user should know or change.</summary>
    void Warning(OAuthNotice notice);

    /// <summary>How much of a file has gone up or come down, now and then; and, with nulls, that the way has ended.</summary>
    /// <param name="bytes">How many bytes so far.</param>
    /// <param name="total">How many there will be; null where that is not known.</param>
    void Transferring(long? bytes, long? total)
    {
    }

    /// <summary>Said before a wait, with why and how long; and after it, with no reason.</summary>
    void Waiting(string? reason, TimeSpan duration)
    {
    }
}

/// <summary>Waits that are told.</summary>
internal static class ToldWait
{
    /// <summary>Waits, and tells of it.</summary>
    internal static async Task DelayAsync(
        this IFlowLog log, string reason, TimeSpan duration, TimeProvider clock, CancellationToken cancellationToken)
    {
        log.Waiting(reason, duration);
        try
        {
            await Task.Delay(duration, clock, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            log.Waiting(null, TimeSpan.Zero);
        }
    }
}

/// <summary>A log that keeps nothing.</summary>
public sealed class NoFlowLog : IFlowLog
{
    private NoFlowLog()
    {
    }

    /// <summary>The one instance.</summary>
    public static NoFlowLog Instance { get; } = new();

    /// <inheritdoc/>
    public bool WantsVerbose => false;

    /// <inheritdoc/>
    public void Verbose(string message)
    {
    }

    /// <inheritdoc/>
    public void Warning(OAuthNotice notice)
    {
    }
}
