namespace OAuthPS.Flows.Tests;

/// <summary>Keeps all that a flow says.</summary>
internal sealed class RecordingLog : IFlowLog
{
    private readonly Lock _gate = new();
    private readonly List<string> _verbose = [];
    private readonly List<string> _warnings = [];

    internal IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_gate)
                return [.. _warnings];
        }
    }

    internal string Text
    {
        get
        {
            lock (_gate)
                return string.Join('\n', _verbose.Concat(_warnings));
        }
    }

    public void Verbose(string message)
    {
        lock (_gate)
            _verbose.Add(message);
    }

    public void Warning(string message)
    {
        lock (_gate)
            _warnings.Add(message);
    }
}
