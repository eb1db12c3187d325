namespace OAuthPS.Flows.Http;

/// <summary>
/// A file on its way, up or down: as long as it moves its time does not run out, and how far it is can be seen. Called from one thread at
/// a time.
/// </summary>
internal sealed class TransferWatch(CancellationTokenSource timer, TimeSpan timeout, IFlowLog log, TimeProvider clock)
{
    // More often than that nobody reads it.
    private static readonly TimeSpan _saidEach = TimeSpan.FromMilliseconds(250);

    private long _bytes;
    private long? _said;

    internal void Advance(long bytes, long? total)
    {
        timer.CancelAfter(timeout);
        _bytes += bytes;
        if (_said is not { } said || clock.GetElapsedTime(said) >= _saidEach)
        {
            _said = clock.GetTimestamp();
            log.Transferring(_bytes, total);
        }
    }

    internal void End()
    {
        if (_said is not null)
        {
            log.Transferring(null, null);
        }
    }
}
