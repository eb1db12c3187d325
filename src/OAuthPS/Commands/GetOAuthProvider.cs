using System.Management.Automation;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;
using OAuthPS.Parameters;
using OAuthPS.Views;

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
            var names = WildcardPattern.ContainsWildcardCharacters(name) ? Matching(name) : [name];
            foreach (var one in names)
            {
                // A damaged file is reported, and takes nobody else with it.
                OrReport(() => WriteObject(ProviderView.Of(ProviderCatalog.User.Get(one))), one);
            }
        }
    }

    private static IEnumerable<string> Matching(string name)
    {
        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        return ProviderCatalog.User.Names.Where(pattern.IsMatch);
    }
}
