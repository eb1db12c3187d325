using System.Management.Automation;
using OAuthPS.Flows.Vendors.SpatiaFi;
using OAuthPS.Views;

namespace OAuthPS.Commands;

/// <summary>The App Credentials of the user, without their secrets.</summary>
[Cmdlet(VerbsCommon.Get, "SpatiaFiAppCredential", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(SpatiaFiAppCredential))]
public sealed class GetSpatiaFiAppCredentialCommand : SpatiaFiCmdlet
{
    private const string Activity = "Listing App Credentials";

    /// <summary>The client ids; wildcards are allowed. All when left out.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ClientId { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var found = OrThrow(List, Credential?.UserName ?? Session?.ToString());
        foreach (var id in ClientId)
        {
            var pattern = WildcardPattern.Get(id, WildcardOptions.IgnoreCase);
            var meant = found.Where(credential => pattern.IsMatch(credential.ClientId)).ToList();
            WriteObject(meant, enumerateCollection: true);
            if (meant.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(id))
            {
                WriteError(ErrorRecords.AppCredentialNotFound(id));
            }
        }
    }

    private List<SpatiaFiAppCredential> List()
    {
        WriteProgress(new ProgressRecord(ActivityId, Activity, "Waiting for SpatiaFi"));
        try
        {
            var session = RequireSession();
            return [
                .. Await(session.ListAppCredentialsAsync).Select(credential => new SpatiaFiAppCredential(credential, session.ServiceUrl))];
        }
        finally
        {
            WriteProgress(new ProgressRecord(ActivityId, Activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
