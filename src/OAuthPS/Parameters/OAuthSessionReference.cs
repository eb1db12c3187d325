using OAuthPS.Flows.Sessions;

namespace OAuthPS.Parameters;

/// <summary>A session, or the name of one of this runspace: what <c>-Session</c> takes.</summary>
public sealed class OAuthSessionReference
{
    private readonly OAuthSession? _session;
    private readonly string _name;

    /// <summary>A session itself, also one of another runspace.</summary>
    public OAuthSessionReference(OAuthSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        _session = session;
        _name = session.Name;
    }

    /// <summary>The name of a session.</summary>
    public OAuthSessionReference(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _name = name;
    }

    /// <summary>The name.</summary>
    public override string ToString() => _name;

    internal OAuthSession? Resolve(SessionList sessions) => _session ?? sessions.Find(_name);
}
