using System.Management.Automation;

namespace OAuthPS.Commands;

/// <summary>Ends a session.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "OAuthProvider", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class DisconnectOAuthProviderCommand : SessionCmdlet
{
    /// <summary>Revokes the token at the provider first. When that fails the session stays.</summary>
    [Parameter]
    public SwitchParameter Revoke { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var session = RequireSession();
        if (!ShouldProcess(session.Name, Revoke ? "Revoke the token and end the session" : "End the session"))
        {
            return;
        }

        OrReport(
            () =>
            {
                if (Revoke)
                {
                    Await(session.RevokeAsync);
                }

                session.End();
                Sessions.Remove(session);
            },
            session);
    }
}
