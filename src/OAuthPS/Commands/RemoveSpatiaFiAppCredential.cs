using System.Management.Automation;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Commands;

/// <summary>Deletes App Credentials: what uses them gets no token any more.</summary>
[Cmdlet(VerbsCommon.Remove, "SpatiaFiAppCredential", SupportsShouldProcess = true, DefaultParameterSetName = SessionSet)]
[OutputType(typeof(void))]
public sealed class RemoveSpatiaFiAppCredentialCommand : SpatiaFiCmdlet
{
    private OAuthSession? _session;

    /// <summary>The client ids.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] ClientId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var id in ClientId)
        {
            if (ShouldProcess(id, "Delete the App Credential"))
            {
                OrReport(() => Delete(id), id);
            }
        }
    }

    private void Delete(string clientId)
    {
        // One temporary token serves all of a pipeline.
        var session = _session ??= RequireSession();
        Await((log, cancellationToken) => session.DeleteAppCredentialAsync(clientId, log, cancellationToken));
    }
}
