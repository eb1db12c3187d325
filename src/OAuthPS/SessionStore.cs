using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using OAuthPS.Flows.Sessions;

namespace OAuthPS;

/// <summary>
/// The sessions of one runspace. By runspace and not by process, so that two tenants in one process never see each other's;
/// gone with the runspace.
/// </summary>
internal sealed class SessionStore
{
    private static readonly ConditionalWeakTable<Runspace, SessionStore> _stores = [];

    // Completion may run on another thread than the pipeline.
    private readonly object _gate = new();
    private readonly List<OAuthSession> _sessions = [];

    /// <summary>The store of the runspace this thread works for.</summary>
    internal static SessionStore Current => _stores.GetValue(Runspace.DefaultRunspace, _ => new SessionStore());

    /// <summary>All of them, the current one last.</summary>
    internal IReadOnlyList<OAuthSession> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _sessions];
            }
        }
    }

    internal OAuthSession? CurrentSession => All is [.., var newest] ? newest : null;

    internal OAuthSession? Find(string name) => All.FirstOrDefault(session => HasName(session, name));

    /// <summary>Makes a session the current one, in the place of one of the same name.</summary>
    internal void Add(OAuthSession session)
    {
        lock (_gate)
        {
            _sessions.RemoveAll(other => HasName(other, session.Name));
            _sessions.Add(session);
        }
    }

    internal void Remove(OAuthSession session)
    {
        lock (_gate)
        {
            _sessions.Remove(session);
        }
    }

    private static bool HasName(OAuthSession session, string name) => session.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
