using System.Management.Automation;
using OAuthPS.Flows.Registration;
using OAuthPS.Parameters;

namespace OAuthPS.Commands;

/// <summary>Forgets a provider of the user's own. Its sessions stay.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "OAuthProvider", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class UnregisterOAuthProviderCommand : OAuthCmdlet
{
    /// <summary>The names.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RegisteredProviderNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            if (ShouldProcess(name, "Unregister the provider"))
            {
                OrReport(() => ProviderCatalog.User.Unregister(name), name);
            }
        }
    }
}
