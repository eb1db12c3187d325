using System.Management.Automation;
using OAuthPS.Views;

namespace OAuthPS.Commands;

/// <summary>Renews the token now, whatever the clock says.</summary>
[Cmdlet(VerbsData.Update, "OAuthToken", SupportsShouldProcess = true)]
[OutputType(typeof(OAuthToken))]
public sealed class UpdateOAuthTokenCommand : SessionCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var session = RequireSession();
        if (ShouldProcess(session.Name, "Renew the token"))
        {
            WriteObject(new OAuthToken(OrThrow(() => Await(session.RenewAsync), session), session));
        }
    }
}
