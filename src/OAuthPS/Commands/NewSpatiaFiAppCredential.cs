using System.Management.Automation;
using OAuthPS.Flows.Sessions;
using OAuthPS.Views;

namespace OAuthPS.Commands;

/// <summary>Makes an App Credential: the only moment its secret is given.</summary>
[Cmdlet(VerbsCommon.New, "SpatiaFiAppCredential", SupportsShouldProcess = true, DefaultParameterSetName = SessionSet)]
[OutputType(typeof(SpatiaFiNewAppCredential))]
public sealed class NewSpatiaFiAppCredentialCommand : SpatiaFiCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!ShouldProcess(Credential?.UserName ?? Session?.ToString() ?? "SpatiaFi", "Create an App Credential"))
        {
            return;
        }

        WriteObject(OrThrow(
            () =>
            {
                var session = RequireSession();
                return new SpatiaFiNewAppCredential(Await(session.CreateAppCredentialAsync), session.ServiceUrl);
            },
            Credential?.UserName ?? Session?.ToString()));
    }
}
