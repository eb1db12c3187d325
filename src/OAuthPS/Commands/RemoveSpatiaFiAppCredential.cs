using System.Management.Automation;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.Vendors.SpatiaFi;
using OAuthPS.Parameters;

namespace OAuthPS.Commands;

/// <summary>Deletes App Credentials: what uses them gets no token any more.</summary>
[Cmdlet(VerbsCommon.Remove, "SpatiaFiAppCredential", SupportsShouldProcess = true, DefaultParameterSetName = SessionSet)]
[OutputType(typeof(void))]
public sealed class RemoveSpatiaFiAppCredentialCommand : SpatiaFiCmdlet
{
    private const string Activity = "Deleting App Credentials";

    private OAuthSession? _session;
    private Uri? _at;
    private int _done;

    /// <summary>The client ids.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] ClientId { get; set; } = [];

    /// <summary>Where SpatiaFi is. What comes from the pipeline brings it along, so that no password goes to another address.</summary>
    [Parameter(ParameterSetName = CredentialSet, ValueFromPipelineByPropertyName = true)]
    [ServiceUrlTransformation]
    public override Uri? ServiceUrl { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var id in ClientId)
        {
            if (ShouldProcess(id, "Delete the App Credential"))
            {
                WriteProgress(new ProgressRecord(ActivityId, Activity, TerminalText.Escape(id)) { CurrentOperation = $"{_done++} done" });
                OrReport(() => Delete(id), id);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_done > 0)
        {
            WriteProgress(new ProgressRecord(ActivityId, Activity, $"{_done} done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private void Delete(string clientId)
    {
        // One temporary token serves all of a pipeline that are at one address.
        if (_session is null || _at != ServiceUrl)
        {
            _session = RequireSession();
            _at = ServiceUrl;
        }

        var session = _session;
        Await((log, cancellationToken) => session.DeleteAppCredentialAsync(clientId, log, cancellationToken));
    }
}
