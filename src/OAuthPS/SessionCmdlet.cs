using System.Management.Automation;
using OAuthPS.Flows.Sessions;
using OAuthPS.Parameters;

namespace OAuthPS;

/// <summary>The base of the cmdlets that work on a session: the one given, else the current one.</summary>
public abstract class SessionCmdlet : OAuthCmdlet
{
    /// <summary>The session, or its name; the current one when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [ValidateNotNull]
    public OAuthSessionReference? Session { get; set; }

    /// <summary>The session meant; ends the cmdlet when there is none.</summary>
    private protected OAuthSession RequireSession() => RequireSession(Session);
}
