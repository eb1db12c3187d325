using System.Management.Automation;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Registration;
using OAuthPS.Flows.Sessions;
using OAuthPS.Parameters;
using OAuthPS.Vaults;
using OAuthPS.Views;

namespace OAuthPS.Commands;

/// <summary>Opens sessions that a SecretManagement vault keeps, and makes the last one the current one.</summary>
[Cmdlet(VerbsData.Restore, "OAuthSession", SupportsShouldProcess = true)]
[OutputType(typeof(OAuthSession))]
public sealed class RestoreOAuthSessionCommand : NetworkCmdlet
{
    /// <summary>The names; all sessions of the vault when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(VaultedSessionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The name of the vault.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(VaultNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Vault { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var vault = new SecretManagementVault(Vault);
        var network = OrThrow(Network, target: null);
        foreach (var name in Name ?? OrThrow(() => Await((_, cancellationToken) => vault.ListAsync(cancellationToken)), Vault))
        {
            if (ShouldProcess(name, $"Restore from the vault '{Vault}'"))
            {
                OrReport(() => Restore(vault, name, network), name);
            }
        }
    }

    private void Restore(SecretManagementVault vault, string name, NetworkOptions? network)
    {
        var session = Await((log, cancellationToken) =>
            SessionVaults.RestoreAsync(
                vault, name, ProviderCatalog.User.Get, log: log, network: network, cancellationToken: cancellationToken));
        Sessions.Add(session);
        WriteObject(SessionView.Of(session));
    }
}
