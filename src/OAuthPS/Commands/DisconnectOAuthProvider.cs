using System.Management.Automation;
using OAuthPS.Flows.Connect;
using OAuthPS.Parameters;
using OAuthPS.Vaults;

namespace OAuthPS.Commands;

/// <summary>Ends a session.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "OAuthProvider", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class DisconnectOAuthProviderCommand : SessionCmdlet
{
    /// <summary>Revokes the token at the provider first. When that fails the session stays.</summary>
    [Parameter]
    public SwitchParameter Revoke { get; set; }

    /// <summary>Forgets the session in this vault too.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VaultNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var session = RequireSession();
        var action = Revoke ? "Revoke the token and end the session" : "End the session";
        if (!ShouldProcess(session.Name, Vault is null ? action : $"{action}, here and in the vault '{Vault}'"))
        {
            return;
        }

        OrReport(
            () =>
            {
                if (Revoke)
                {
                    Await(session.RevokeAsync);
                }

                if (Vault is not null)
                {
                    Await(
                        (_, cancellationToken) =>
                            SessionVaults.ForgetAsync(new SecretManagementVault(Vault), session.Name, cancellationToken));
                }

                session.End();
                Sessions.Remove(session);
            },
            session);
    }
}
