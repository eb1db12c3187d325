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
    /// <summary>
    /// The names; wildcards are allowed, and <c>*</c> is all. When left out the four documented ones and those that are registered.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var one in Name?.SelectMany(Named) ?? Usual())
        {
            // A damaged file is reported, and takes nobody else with it.
            OrReport(() => WriteObject(ProviderView.Of(ProviderCatalog.User.Get(one))), one);
        }
    }

    // The services are a file each, which nobody waits for who has not asked for one. The table says how to see them.
    private static IEnumerable<string> Usual() =>
        [.. BuiltInProviders.All.Select(provider => provider.Name), .. ProviderCatalog.User.RegisteredNames];

    private static IEnumerable<string> Named(string name) => WildcardPattern.ContainsWildcardCharacters(name) ? Matching(name) : [name];

    private static IEnumerable<string> Matching(string name)
    {
        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        return ProviderCatalog.User.Names.Where(pattern.IsMatch);
    }
}
