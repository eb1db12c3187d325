using System.Management.Automation;

namespace OAuthPS.Commands;

/// <summary>Revokes the token at the provider, and forgets the session.</summary>
[Cmdlet(VerbsSecurity.Revoke, "OAuthToken", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RevokeOAuthTokenCommand : SessionCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var session = RequireSession();
        if (!ShouldProcess(session.Name, "Revoke the token and end the session"))
        {
            return;
        }

        OrReport(
            () =>
            {
                Await(session.RevokeAsync);
                session.End();
                Sessions.Remove(session);
            },
            session);
    }
}
