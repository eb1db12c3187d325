using System.Management.Automation;
using OAuthPS.Flows.Providers;
using OAuthPS.Parameters;

namespace OAuthPS.Commands;

/// <summary>The providers there are.</summary>
[Cmdlet(VerbsCommon.Get, "OAuthProvider")]
[OutputType(typeof(OAuthProvider))]
public sealed class GetOAuthProviderCommand : OAuthCmdlet
{
    /// <summary>The names; wildcards are allowed. All providers when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
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
                WriteObject(BuiltInProviders.All.Where(provider => pattern.IsMatch(provider.Name)), enumerateCollection: true);
            }
            else
            {
                OrReport(() => WriteObject(BuiltInProviders.Get(name)), name);
            }
        }
    }
}
