using System.Globalization;
using System.Management.Automation;
using OAuthPS.Flows.Sessions;
using OAuthPS.Values;

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

    /// <summary>Whether it is what another process or a file knows of a session: its description, without its tokens.</summary>
    internal bool IsDescription { get; private init; }

    /// <summary>The name.</summary>
    public override string ToString() => _name;

    internal OAuthSession? Resolve(SessionList sessions) => _session ?? (IsDescription ? null : sessions.Find(_name));

    /// <returns>The session that a value is, names, or has in a property <c>Session</c>; null where there is none.</returns>
    internal static OAuthSessionReference? From(object value)
    {
        var view = PSObject.AsPSObject(value);
        return Deserialized.Is(view) ? Described(view) : Direct(view.BaseObject) ?? Direct((view.Properties["Session"]?.Value).Bare());
    }

    private static OAuthSessionReference? Direct(object? value) => value switch
    {
        OAuthSessionReference reference => reference,
        OAuthSession session => new(session),
        string name when !string.IsNullOrWhiteSpace(name) => new(name),

        // PowerShell takes the name 365 for a number.
        int or long => new(Convert.ToString(value, CultureInfo.InvariantCulture)!),
        _ => null,
    };

    // A token knows the name of its session, a session its own.
    private static OAuthSessionReference? Described(PSObject view) =>
        (view.Properties["Session"] ?? view.Properties["Name"])?.Value?.ToString() is { } name && !string.IsNullOrWhiteSpace(name)
            ? new(name) { IsDescription = true }
            : null;
}

/// <summary>
/// Takes a session, its name, or an object that has either in a property <c>Session</c>, typed or from the pipeline. Not by a property
/// <c>Name</c>, which objects of every kind have: <c>-Name</c> is an alias, and PowerShell would bind a property by it.
/// </summary>
public sealed class SessionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData is null
        ? null
        : OAuthSessionReference.From(inputData) ?? throw new ArgumentTransformationMetadataException(
            "It takes a session, the name of one, or an object with a property Session, such as Get-OAuthToken gives.");
}
