using System.Management.Automation;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Sessions;
using OAuthPS.Parameters;

namespace OAuthPS.Commands;

/// <summary>Says whether a token is good, why, and until when.</summary>
[Cmdlet(VerbsDiagnostic.Test, "OAuthToken", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(OAuthTokenTest), typeof(bool))]
public sealed class TestOAuthTokenCommand : TokenCmdlet
{
    private const string SessionSet = "Session";
    private const string IssuerSet = "Issuer";

    /// <summary>
    /// The session, or its name, in which the server is asked; the one the token came from, else the current one, when left out.
    /// </summary>
    [Parameter(ParameterSetName = SessionSet)]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [SessionTransformation]
    [ValidateNotNull]
    public OAuthSessionReference? Session { get; set; }

    /// <summary>The issuer whose published keys a JWT is tested with, without a session.</summary>
    [Parameter(ParameterSetName = IssuerSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Issuer { get; set; }

    /// <summary>Whom the token must be for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Audience { get; set; }

    /// <summary>Says no more than whether it is good.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => OrReport(
        () =>
        {
            var network = NetworkWhere(Issuer is not null, "-Issuer");
            var test = Issuer is null ? TestInSession() : TestByIssuer(Issuer, HttpTransport.Shared.For(network));
            WriteObject(Quiet ? test.IsActive : test);
        },
        Token);

    private OAuthTokenTest TestInSession()
    {
        var session = RequireSession(Session ?? OfToken);
        return Await((log, cancellationToken) => session.TestTokenAsync(GivenToken, Audience, log, cancellationToken));
    }

    private OAuthTokenTest TestByIssuer(string issuer, HttpTransport transport)
    {
        var token = RequireToken();
        return Await(
            (log, cancellationToken) => AccessTokenTest.RunAsync(issuer, token, Audience, transport, log, cancellationToken));
    }
}
