using System.Management.Automation;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;
using OAuthPS.Parameters;
using OAuthPS.Values;

namespace OAuthPS.Commands;

/// <summary>The base of the App Credential cmdlets: with a session, or with a user's name and password for this call alone.</summary>
public abstract class SpatiaFiCmdlet : NetworkCmdlet
{
    private protected const string SessionSet = "Session";
    private protected const string CredentialSet = "Credential";

    // One for all: no two of them wait at the same time.
    private protected const int ActivityId = 7523;

    private const string ProviderName = "SpatiaFi";

    /// <summary>The user's e-mail address and password; they are used for a temporary token and not kept.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Where SpatiaFi is.</summary>
    [Parameter(ParameterSetName = CredentialSet)]
    [ServiceUrlTransformation]
    public virtual Uri? ServiceUrl { get; set; }

    /// <summary>A SpatiaFi session, or its name; the newest SpatiaFi session when left out.</summary>
    [Parameter(ParameterSetName = SessionSet)]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [SessionTransformation]
    [ValidateNotNull]
    public OAuthSessionReference? Session { get; set; }

    /// <summary>The session to ask in.</summary>
    private protected OAuthSession RequireSession()
    {
        var network = NetworkWhere(Credential is not null, "-Credential");
        if (Credential is not null)
        {
            var request = new ConnectRequest
            {
                Provider = BuiltInProviders.Get(ProviderName),
                Flow = OAuthFlow.Basic,
                ServiceUrl = ServiceUrl,
                Inputs = [Credential.ToUser()],
                Network = network,
            };
            return Await((log, cancellationToken) => OAuthConnection.ConnectAsync(request, log: log, cancellationToken: cancellationToken));
        }

        return RequireSession(Session
            ?? (Sessions.All.LastOrDefault(session => session.Provider == ProviderName) is { } newest
                ? new OAuthSessionReference(newest)
                : new OAuthSessionReference(ProviderName)));
    }
}
