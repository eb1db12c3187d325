using System.Management.Automation;
using OAuthPS.Flows.Connect;
using OAuthPS.Parameters;
using OAuthPS.Vaults;

namespace OAuthPS.Commands;

/// <summary>Keeps a session in a SecretManagement vault; its renewals are written there from now on.</summary>
[Cmdlet(VerbsData.Save, "OAuthSession", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class SaveOAuthSessionCommand : SessionCmdlet
{
    /// <summary>The name of the vault.</summary>
    [Parameter(Mandatory = true)]
    [ArgumentCompleter(typeof(VaultNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Vault { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var session = RequireSession();
        if (ShouldProcess(session.Name, $"Save into the vault '{Vault}'"))
        {
            OrReport(
                () => Await((_, cancellationToken) => session.SaveAsync(new SecretManagementVault(Vault), cancellationToken)), session);
        }
    }
}
