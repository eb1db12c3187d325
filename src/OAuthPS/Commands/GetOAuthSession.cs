using System.Management.Automation;
using OAuthPS.Flows.Sessions;
using OAuthPS.Parameters;
using OAuthPS.Views;

namespace OAuthPS.Commands;

/// <summary>The sessions of this runspace, the current one last.</summary>
[Cmdlet(VerbsCommon.Get, "OAuthSession")]
[OutputType(typeof(OAuthSession))]
public sealed class GetOAuthSessionCommand : OAuthCmdlet
{
    /// <summary>The names; wildcards are allowed. All sessions when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
            {
                var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
                WriteObject(Sessions.All.Where(session => pattern.IsMatch(session.Name)).Select(SessionView.Of), enumerateCollection: true);
            }
            else if (Sessions.Find(name) is { } session)
            {
                WriteObject(SessionView.Of(session));
            }
            else
            {
                WriteError(ErrorRecords.SessionNotFound(name, [.. Sessions.All.Select(known => known.Name)]));
            }
        }
    }
}
