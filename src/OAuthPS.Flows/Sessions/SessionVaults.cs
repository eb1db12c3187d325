using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Sessions;

/// <summary>Sessions into and out of a vault.</summary>
public static class SessionVaults
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    /// <summary>Keeps a session in a vault; from now on its renewals are written there before they are given out.</summary>
    /// <exception cref="OAuthException">The session cannot be kept, or the vault does not take it.</exception>
    public static async Task SaveAsync(this OAuthSession session, ISessionVault vault, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(vault);
        if (session.Origin.Client?.Key is not null)
        {
            throw Errors.SessionNotSavable(session.Name);
        }

        using var held = await LockAsync(vault, session.Name, cancellationToken).ConfigureAwait(false);
        using var writing = await FileLock.AcquireAsync($"vault\n{vault.Name}", _patience, cancellationToken).ConfigureAwait(false);
        var entry = session.ToEntry(session.State);
        await vault.WriteAsync(session.Name, entry.ToText(), entry.Describe(), cancellationToken).ConfigureAwait(false);
        session.AttachTo(vault);
    }

    /// <summary>Opens a session as a vault keeps it. Nothing is sent until a token is asked for.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="name">The session's name.</param>
    /// <param name="findProvider">Finds a provider by its name.</param>
    /// <param name="transport">What sends the requests; the process's own when null.</param>
    /// <param name="log">Where to say what is done; nowhere when null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OAuthException">There is no such session, its entry cannot be used, or the vault cannot be read.</exception>
    public static async Task<OAuthSession> RestoreAsync(
        ISessionVault vault, string name, Func<string, OAuthProvider> findProvider, HttpTransport? transport = null, IFlowLog? log = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(findProvider);
        transport ??= HttpTransport.Shared;
        log ??= NoFlowLog.Instance;
        var text = await vault.ReadAsync(name, cancellationToken).ConfigureAwait(false) ?? throw Errors.VaultEntryMissing(vault.Name, name);
        var entry = VaultEntry.Parse(vault.Name, name, text);
        var request = await OAuthConnection.CompleteAsync(ToRequest(entry, name, findProvider), transport, log, cancellationToken).ConfigureAwait(false);
        var session = OAuthConnection.Reopen(request, entry, transport);
        session.AttachTo(vault);
        return session;
    }

    /// <summary>Waits until no other process of this user writes to a vault; disposing of the result lets the next one write.</summary>
    /// <exception cref="OAuthConnectionException">Another process has been writing for five minutes, or the lock cannot be made.</exception>
    public static async Task<IDisposable> LockForWritingAsync(this ISessionVault vault, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        return await FileLock.AcquireAsync($"vault\n{vault.Name}", _patience, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets a session in a vault.</summary>
    /// <exception cref="OAuthException">The vault does not do so.</exception>
    public static async Task ForgetAsync(ISessionVault vault, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        using var held = await LockAsync(vault, name, cancellationToken).ConfigureAwait(false);
        using var writing = await FileLock.AcquireAsync($"vault\n{vault.Name}", _patience, cancellationToken).ConfigureAwait(false);
        await vault.RemoveAsync(name, cancellationToken).ConfigureAwait(false);
    }

    private static Task<FileLock> LockAsync(ISessionVault vault, string session, CancellationToken cancellationToken) =>
        FileLock.AcquireAsync($"session\n{vault.Name}\n{session}", _patience, cancellationToken);

    private static ConnectRequest ToRequest(VaultEntry entry, string name, Func<string, OAuthProvider> findProvider) => new()
    {
        Provider = findProvider(entry.Provider!),
        Name = name,
        Flow = entry.Flow,
        ServiceUrl = new Uri(entry.ServiceUrl!),
        Client = entry.ClientId is null ? null : new OAuthClient(entry.ClientId, Secret.FromNullable(entry.ClientSecret)),
        ClientAuthentication = entry.ClientAuthentication,
        Scope = entry.Scope!,
        Headers = entry.Headers!,
        AdditionalParameters = entry.AdditionalParameters!,
        Timeout = TimeSpan.FromSeconds(entry.TimeoutSeconds),
    };
}
