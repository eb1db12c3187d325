using System.Management.Automation;
using OAuthPS.Flows.Sessions;
using OAuthPS.Views;

namespace OAuthPS.Commands;

/// <summary>The App Credentials of the user, without their secrets.</summary>
[Cmdlet(VerbsCommon.Get, "SpatiaFiAppCredential", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(SpatiaFiAppCredential))]
public sealed class GetSpatiaFiAppCredentialCommand : SpatiaFiCmdlet
{
    /// <summary>The client ids; wildcards are allowed. All when left out.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ClientId { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var patterns = ClientId.Select(id => WildcardPattern.Get(id, WildcardOptions.IgnoreCase)).ToList();
        var found = OrThrow(
            () =>
            {
                var session = RequireSession();
                return Await(session.ListAppCredentialsAsync).Select(credential => new SpatiaFiAppCredential(credential, session.ServiceUrl));
            },
            Credential?.UserName ?? Session?.ToString());
        WriteObject(found.Where(credential => patterns.Exists(pattern => pattern.IsMatch(credential.ClientId))), enumerateCollection: true);
    }
}
