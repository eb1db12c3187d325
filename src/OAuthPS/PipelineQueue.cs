namespace OAuthPS;

/// <summary>
/// What other threads leave for the pipeline thread while it waits for them. Not a <c>BlockingCollection</c>: the end of one is an
/// exception inside of it, which every cmdlet that waits would pay for.
/// </summary>
internal sealed class PipelineQueue
{
    private readonly object _gate = new();
    private readonly Queue<Action> _actions = new();
    private bool _completed;
    private bool _stopped;

    /// <summary>Leaves an action; after the end nobody is there to take it.</summary>
    internal void Add(Action action)
    {
        lock (_gate)
        {
            if (!_completed && !_stopped)
            {
                _actions.Enqueue(action);
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Ends the wait once all actions are done.</summary>
    internal void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Ends the wait at once, whatever is left.</summary>
    internal void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Does what is left here until the end.</summary>
    internal void Run()
    {
        while (Take() is { } action)
        {
            action();
        }
    }

    private Action? Take()
    {
        lock (_gate)
        {
            while (true)
            {
                if (_stopped)
                {
                    return null;
                }

                if (_actions.TryDequeue(out var action))
                {
                    return action;
                }

                if (_completed)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }
        }
    }
}
