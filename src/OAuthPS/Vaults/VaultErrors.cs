using System.Management.Automation;
using OAuthPS.Flows;

namespace OAuthPS.Vaults;

/// <summary>What went wrong with a vault, in the library's own form.</summary>
internal static class VaultErrors
{
    internal static OAuthVaultException ModuleMissing() => new(
        OAuthErrorId.SecretManagementMissing,
        "Vaults need the module Microsoft.PowerShell.SecretManagement, which is not installed.",
        "Run: Install-PSResource Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore; then Register-SecretVault.");

    internal static OAuthVaultException Silent(string vault, TimeSpan patience) => new(
        OAuthErrorId.VaultTimeout,
        $"The vault '{vault}' did not answer within {patience.TotalSeconds:0} s.",
        "Check the vault with Test-SecretVault.");

    internal static OAuthVaultException SecretExists(string vault, string name) => new(
        OAuthErrorId.SecretExists,
        $"The vault '{vault}' has a secret named '{name}' already; nothing was made.",
        "Choose another -SecretName, or replace it with -Force.");

    internal static OAuthVaultException VaultNeeded() => new(
        OAuthErrorId.MissingParameter,
        "-SecretName and -Force say how a secret is kept in a vault, and no vault is given.",
        "Give -Vault as well.");

    // What a vault says may hold anything, so only the kind of its failure is told.
    internal static OAuthVaultException From(string vault, Exception failure)
    {
        var said = Chain(failure).ToList();
        if (said.Exists(exception => exception is CommandNotFoundException or FileNotFoundException))
        {
            return ModuleMissing();
        }

        var kinds = string.Join(' ', said.Select(exception => exception.GetType().Name));
        if (kinds.Contains("PasswordRequired", StringComparison.Ordinal)
            || said.Exists(exception => exception.Message.Contains("password is required", StringComparison.OrdinalIgnoreCase)))
        {
            return new OAuthVaultException(
                OAuthErrorId.VaultLocked,
                $"The vault '{vault}' is locked.",
                "Unlock it (Unlock-SecretStore) and try again; about_OAuthPS_Automation has a vault that needs no password.");
        }

        if (said.Exists(exception => exception.Message.Contains("not found in registry", StringComparison.OrdinalIgnoreCase))
            || said.Exists(
                exception => exception.Message.Contains("not find", StringComparison.OrdinalIgnoreCase)
                    && exception.Message.Contains("vault", StringComparison.OrdinalIgnoreCase))
            || said.Exists(exception => exception.Message.Contains("not registered", StringComparison.OrdinalIgnoreCase)))
        {
            return new OAuthVaultException(
                OAuthErrorId.VaultNotFound,
                $"There is no vault named '{vault}'.",
                "Get-SecretVault lists those there are; Register-SecretVault adds one.");
        }

        return new OAuthVaultException(
            OAuthErrorId.VaultFailed,
            $"The vault '{vault}' failed ({said[^1].GetType().Name}).",
            "Check the vault with Test-SecretVault, and its free space and rights.");
    }

    private static IEnumerable<Exception> Chain(Exception failure)
    {
        for (var one = failure; one is not null; one = one.InnerException)
        {
            yield return one;
        }
    }
}
