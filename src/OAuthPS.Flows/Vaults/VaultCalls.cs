namespace OAuthPS.Flows.Vaults;

/// <summary>What is asked of a vault, with an end to the wait whatever the vault does.</summary>
internal static class VaultCalls
{
    // Longer than what a vault that has to be waited for gives itself.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    /// <exception cref="OAuthException">The vault cannot be read, or did not answer.</exception>
    internal static async Task<string?> ReadBoundedAsync(
        this ISessionVault vault, string session, TimeProvider clock, CancellationToken cancellationToken)
    {
        string? entry = null;
        await BoundAsync(
            vault,
            async () => entry = await vault.ReadAsync(session, cancellationToken).ConfigureAwait(false),
            clock,
            cancellationToken).ConfigureAwait(false);
        return entry;
    }

    /// <exception cref="OAuthException">The vault does not take it, or did not answer.</exception>
    internal static Task WriteBoundedAsync(
        this ISessionVault vault, string session, VaultEntry entry, TimeProvider clock, CancellationToken cancellationToken) =>
        BoundAsync(vault, () => vault.WriteAsync(session, entry.ToText(), entry.Describe(), cancellationToken), clock, cancellationToken);

    /// <exception cref="OAuthException">The vault does not do so, or did not answer.</exception>
    internal static Task RemoveBoundedAsync(
        this ISessionVault vault, string session, TimeProvider clock, CancellationToken cancellationToken) =>
        BoundAsync(vault, () => vault.RemoveAsync(session, cancellationToken), clock, cancellationToken);

    // On a thread of the pool: a vault may block before it gives a task to wait for.
    private static async Task BoundAsync(ISessionVault vault, Func<Task> ask, TimeProvider clock, CancellationToken cancellationToken)
    {
        var call = Task.Run(ask, cancellationToken);
        try
        {
            await call.WaitAsync(_patience, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!call.IsCompleted)
        {
            throw Errors.VaultSilent(vault.Name, _patience);
        }
    }
}
