using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace OAuthPS;

/// <summary>
/// The sessions of each runspace. By runspace and not by process, so that two tenants in one process never see each other's;
/// gone with the runspace.
/// </summary>
internal static class SessionStore
{
    private static readonly ConditionalWeakTable<Runspace, SessionList> _stores = [];

    /// <summary>Those of the runspace this thread works for.</summary>
    internal static SessionList Current => _stores.GetValue(Runspace.DefaultRunspace, _ => new SessionList());
}
