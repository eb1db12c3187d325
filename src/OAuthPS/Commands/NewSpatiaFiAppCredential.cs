using System.Management.Automation;
using OAuthPS.Flows;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Vendors.SpatiaFi;
using OAuthPS.Parameters;
using OAuthPS.Vaults;
using OAuthPS.Views;

namespace OAuthPS.Commands;

/// <summary>Makes an App Credential: the only moment its secret is given.</summary>
[Cmdlet(VerbsCommon.New, "SpatiaFiAppCredential", SupportsShouldProcess = true, DefaultParameterSetName = SessionSet)]
[OutputType(typeof(SpatiaFiNewAppCredential))]
public sealed class NewSpatiaFiAppCredentialCommand : SpatiaFiCmdlet
{
    /// <summary>
    /// The name of a SecretManagement vault; client id and secret are put there, as a PSCredential, before they are given out.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(VaultNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <summary>The name of the secret in the vault; <c>SpatiaFi-</c> and the client id when left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <summary>Replaces a secret of that name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var target = Credential?.UserName ?? Session?.ToString();
        var action = Vault is null ? "Create an App Credential" : $"Create an App Credential and keep it in the vault '{Vault}'";
        if (!ShouldProcess(target ?? "SpatiaFi", action))
        {
            return;
        }

        var made = OrThrow(Create, target);
        var refusal = Keep(made);

        // The credential goes out before the warning: where warnings stop the pipeline, it would be lost with it.
        WriteObject(made);
        if (refusal is not null)
        {
            WriteWarning($"THE SECRET IS NOT IN THE VAULT '{Vault}', and SpatiaFi gives it this once: keep the ClientCredential that "
                + $"was returned, "
                + $"or delete it with Remove-SpatiaFiAppCredential {made.ClientId}. {refusal.Message}");
        }
    }

    private SpatiaFiNewAppCredential Create()
    {
        CheckVault();
        var session = RequireSession();
        return new SpatiaFiNewAppCredential(Await(session.CreateAppCredentialAsync), session.ServiceUrl);
    }

    private void CheckVault()
    {
        if (Vault is null)
        {
            if (SecretName is not null || Force)
            {
                throw VaultErrors.VaultNeeded();
            }
        }
        else if (SecretName is not null && !Force && HasSecret(new SecretManagementVault(Vault), SecretName))
        {
            throw VaultErrors.SecretExists(Vault, SecretName);
        }
    }

    private bool HasSecret(SecretManagementVault vault, string name)
    {
        try
        {
            return Await((_, cancellationToken) => vault.HasSecretAsync(name, cancellationToken));
        }
        catch (OAuthVaultException)
        {
            // Whether the vault takes it shows when it is written; that the credential is made does not depend on the vault.
            return false;
        }
    }

    private OAuthException? Keep(SpatiaFiNewAppCredential made)
    {
        if (Vault is null)
        {
            return null;
        }

        var name = SecretName ?? $"SpatiaFi-{made.ClientId}";
        try
        {
            // Not cancellable: Ctrl+C ends the cmdlet, and the one copy of the secret still reaches the vault.
            Await((_, _) => WriteAsync(new SecretManagementVault(Vault), name, made));
            WriteVerbose($"The credential is in the vault '{Vault}' as '{name}'.");
            return null;
        }
        catch (OAuthException refusal)
        {
            return refusal;
        }
    }

    private static async Task WriteAsync(SecretManagementVault vault, string name, SpatiaFiNewAppCredential made)
    {
        var description = new Dictionary<string, string> { ["Provider"] = "SpatiaFi", ["ServiceUrl"] = made.ServiceUrl.ToString() };
        using var held = await vault.LockForWritingAsync().ConfigureAwait(false);
        await vault.WriteSecretAsync(name, made.ClientCredential, description, CancellationToken.None).ConfigureAwait(false);
    }
}
