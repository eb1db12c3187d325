using System.Management.Automation;
using OAuthPS.Views;

namespace OAuthPS.Commands;

/// <summary>The claims about who signed in, from the UserInfo endpoint of the session's server.</summary>
[Cmdlet(VerbsCommon.Get, "OAuthUserInfo")]
[OutputType(typeof(PSObject))]
public sealed class GetOAuthUserInfoCommand : SessionCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var session = RequireSession();
        OrReport(
            () => WriteObject(JsonBag.From(Await((log, cancellationToken) => session.GetUserInfoAsync(log, cancellationToken)))), session);
    }
}
