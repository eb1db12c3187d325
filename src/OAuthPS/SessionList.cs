using OAuthPS.Flows.Sessions;

namespace OAuthPS;

/// <summary>
/// Sessions by name and in the order in which they were made the current one. Whatever their number, each step takes the same time.
/// </summary>
internal sealed class SessionList
{
    // Completion may run on another thread than the pipeline.
    private readonly object _gate = new();
    private readonly LinkedList<OAuthSession> _order = new();
    private readonly Dictionary<string, LinkedListNode<OAuthSession>> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them, the current one last.</summary>
    internal IReadOnlyList<OAuthSession> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _order];
            }
        }
    }

    /// <summary>The one that was added last and is still there.</summary>
    internal OAuthSession? Current
    {
        get
        {
            lock (_gate)
            {
                return _order.Last?.Value;
            }
        }
    }

    /// <summary>The one of that name, whatever its case.</summary>
    internal OAuthSession? Find(string name)
    {
        lock (_gate)
        {
            return _byName.TryGetValue(name, out var node) ? node.Value : null;
        }
    }

    /// <summary>Makes a session the current one, in the place of one of the same name.</summary>
    internal void Add(OAuthSession session)
    {
        lock (_gate)
        {
            if (_byName.Remove(session.Name, out var before))
            {
                _order.Remove(before);
            }

            _byName.Add(session.Name, _order.AddLast(session));
        }
    }

    /// <summary>Takes that very session out; another one that has its name by now stays.</summary>
    internal void Remove(OAuthSession session)
    {
        lock (_gate)
        {
            if (_byName.TryGetValue(session.Name, out var node) && ReferenceEquals(node.Value, session))
            {
                _byName.Remove(session.Name);
                _order.Remove(node);
            }
        }
    }
}
