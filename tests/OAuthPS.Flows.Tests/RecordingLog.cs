using System.Collections.Concurrent;

namespace OAuthPS.Flows.Tests;

/// <summary>Keeps all that a flow says.</summary>
internal sealed class RecordingLog : IFlowLog
{
    private readonly Lock _gate = new();
    private readonly List<string> _verbose = [];
    private readonly List<OAuthNotice> _verboseNotices = [];
    private readonly List<OAuthNotice> _warnings = [];

    /// <summary>The words of the warnings.</summary>
    internal IReadOnlyList<string> Warnings => [.. WarningNotices.Select(notice => notice.Message)];

    internal IReadOnlyList<OAuthNotice> WarningNotices
    {
        get
        {
            lock (_gate)
                return [.. _warnings];
        }
    }

    internal IReadOnlyList<OAuthNotice> VerboseNotices
    {
        get
        {
            lock (_gate)
                return [.. _verboseNotices];
        }
    }

    /// <summary>The waits, each as long as was said before it.</summary>
    internal ConcurrentQueue<TimeSpan> Waits { get; } = new();

    /// <summary>How far a file was, each time that it was said; null at the end.</summary>
    internal ConcurrentQueue<(long? Bytes, long? Total)> Transfers { get; } = new();

    internal string Text
    {
        get
        {
            lock (_gate)
                return string.Join('\n', _verbose.Concat(_warnings.Select(notice => notice.Message)));
        }
    }

    public void Verbose(string message)
    {
        lock (_gate)
            _verbose.Add(message);
    }

    public void Verbose(OAuthNotice notice)
    {
        lock (_gate)
        {
            _verboseNotices.Add(notice);
            _verbose.Add(notice.Message);
        }
    }

    public void Warning(OAuthNotice notice)
    {
        lock (_gate)
            _warnings.Add(notice);
    }

    public void Waiting(string? reason, TimeSpan duration)
    {
        if (reason is not null)
            Waits.Enqueue(duration);
    }

    public void Transferring(long? bytes, long? total) => Transfers.Enqueue((bytes, total));
}
