using System.Collections;
using System.Management.Automation;
using System.Security;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Vaults;
using OAuthPS.Values;

namespace OAuthPS.Vaults;

/// <summary>
/// A SecretManagement vault with a secret for each session. SecretManagement is found at run time, and is no part of the module.
/// </summary>
internal sealed class SecretManagementVault(string vault) : ISessionVault
{
    // Letters, digits and a hyphen: what every vault takes in a name.
    private const string Prefix = "OAuthPS-";

    // A longer text does not go into one; a vault takes text as well.
    private const int LongestSecureString = 65_536;

    public string Name => vault;

    public async Task<string?> ReadAsync(string session, CancellationToken cancellationToken)
    {
        try
        {
            // Without AsPlainText it makes a SecureString of each text, and fails with a long one. Past SecretManagement a vault gives what
            // it has.
            var found = await InvokeAsync(
                "Get-Secret", Prefix + session, cancellationToken, ("AsPlainText", true)).ConfigureAwait(false);
            return found.Count == 0 ? null : found[0].BaseObject switch
            {
                SecureString secret => secret.ToSecret().Reveal(),
                string text => text,
                _ => null,
            };
        }
        catch (Flows.OAuthVaultException failure) when (failure.Id == Flows.OAuthErrorId.VaultFailed)
        {
            // A missing secret and a vault that cannot be read give the same error, so its list is asked. Not before: most secrets
            // that are asked for are there, and a vault may be slow.
            if (await ExistsAsync(Prefix + session, cancellationToken).ConfigureAwait(false))
            {
                throw;
            }

            return null;
        }
    }

    public Task WriteAsync(
        string session, string entry, IReadOnlyDictionary<string, string> description, CancellationToken cancellationToken) =>
        WriteSecretAsync(
            Prefix + session,
            entry.Length > LongestSecureString ? entry : new Secret(entry).ToSecureString(),
            description,
            cancellationToken);

    /// <summary>Writes any secret under its own name.</summary>
    internal async Task WriteSecretAsync(
        string name, object secret, IReadOnlyDictionary<string, string>? description, CancellationToken cancellationToken)
    {
        await InvokeAsync("Set-Secret", name, cancellationToken, ("Secret", secret)).ConfigureAwait(false);
        if (description is not null)
        {
            try
            {
                await InvokeAsync(
                    "Set-SecretInfo",
                    name,
                    cancellationToken,
                    ("Metadata", new Hashtable((IDictionary)description.ToDictionary()))).ConfigureAwait(false);
            }
            catch (Flows.OAuthVaultException)
            {
                // Many vaults hold no metadata; the secret is there all the same.
            }
        }
    }

    public async Task RemoveAsync(string session, CancellationToken cancellationToken)
    {
        if (await ExistsAsync(Prefix + session, cancellationToken).ConfigureAwait(false))
        {
            await InvokeAsync("Remove-Secret", Prefix + session, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var names = await SecretNamesAsync(Prefix + "*", cancellationToken).ConfigureAwait(false);
        return [
            .. names.Where(name =>
                name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).Select(name =>
                    name[Prefix.Length..]).Order(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The names of the registered vaults; none without SecretManagement.</summary>
    internal static async Task<IReadOnlyList<string>> VaultNamesAsync(CancellationToken cancellationToken)
    {
        var vaults = await VaultRunspace.InvokeAsync(
            new VaultCommand("Get-SecretVault", Vault: null, []), cancellationToken).ConfigureAwait(false);
        return [.. vaults.Select(found => found.Properties["Name"]?.Value as string).OfType<string>()];
    }

    /// <summary>Whether there is a secret of that name, anybody's.</summary>
    internal Task<bool> HasSecretAsync(string name, CancellationToken cancellationToken) => ExistsAsync(name, cancellationToken);

    private async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) =>
        (await SecretNamesAsync(WildcardPattern.Escape(name), cancellationToken).ConfigureAwait(false))
            .Contains(name, StringComparer.OrdinalIgnoreCase);

    private async Task<List<string>> SecretNamesAsync(string pattern, CancellationToken cancellationToken)
    {
        var found = await InvokeAsync("Get-SecretInfo", pattern, cancellationToken).ConfigureAwait(false);
        return [.. found.Select(info => info.Properties["Name"]?.Value as string).OfType<string>()];
    }

    private Task<IReadOnlyList<PSObject>> InvokeAsync(
        string command, string name, CancellationToken cancellationToken, params (string Name, object Value)[] more)
    {
        var parameters = new Hashtable { ["Name"] = name };
        foreach (var (key, value) in more)
        {
            parameters[key] = value;
        }

        return VaultRunspace.InvokeAsync(new VaultCommand(command, vault, parameters), cancellationToken);
    }
}
