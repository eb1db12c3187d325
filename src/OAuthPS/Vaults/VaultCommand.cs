using System.Collections;
using System.Management.Automation;

namespace OAuthPS.Vaults;

/// <summary>A command of SecretManagement, with the ways to run it.</summary>
/// <param name="Name">The command.</param>
/// <param name="Vault">The name of the vault; null for a command that is about none.</param>
/// <param name="Parameters">Its parameters, by their names in SecretManagement.</param>
internal sealed record VaultCommand(string Name, string? Vault, Hashtable Parameters)
{
    private const string Module = "Microsoft.PowerShell.SecretManagement";

    // A vault's commands are in the nested module "….Extension" of its module
    // (https://github.com/PowerShell/SecretManagement/blob/main/Docs/ARCHITECTURE.md).
    private const string CallOfExtension = """
        param($Vault, $Command, $Parameters)
        $info = Microsoft.PowerShell.SecretManagement\Get-SecretVault -Name $Vault -ErrorAction Stop
        $module = Microsoft.PowerShell.Core\Get-Module -Name $info.ModuleName -ErrorAction Ignore
        if (-not $module) { $module = Microsoft.PowerShell.Core\Import-Module -Name $info.ModulePath -PassThru -ErrorAction Stop }
        $given = @{}
        if ($info.VaultParameters) { foreach ($one in $info.VaultParameters.GetEnumerator()) { $given[$one.Key] = $one.Value } }
        & $module "$($info.ModuleName).Extension\$Command" -VaultName $info.Name -AdditionalParameters $given @Parameters
        """;

    /// <summary>Through SecretManagement, which works in one runspace for the whole process and keeps there what vaults remember.</summary>
    internal void AddTo(PowerShell shell)
    {
        shell.AddCommand($"{Module}\\{Name}").AddParameters(Parameters);
        if (Vault is not null)
        {
            shell.AddParameter("Vault", Vault).AddParameter("ErrorAction", "Stop");
        }
    }

    /// <summary>To the vault's own module, past SecretManagement.</summary>
    internal void AddDirectlyTo(PowerShell shell)
    {
        if (Vault is null)
        {
            AddTo(shell);
            return;
        }

        var parameters = new Hashtable(Parameters);

        // What SecretManagement does with the secret that a vault gives; the vault does not know it.
        parameters.Remove("AsPlainText");
        if (Name == "Get-SecretInfo")
        {
            parameters["Filter"] = parameters["Name"];
            parameters.Remove("Name");
        }

        shell.AddScript(CallOfExtension).AddParameter("Vault", Vault).AddParameter("Command", Name).AddParameter("Parameters", parameters);
    }
}
