using System.Collections.ObjectModel;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.Vaults;

namespace OAuthPS.Flows.Connect;

/// <summary>Sessions into and out of a vault.</summary>
public static class SessionVaults
{
    /// <summary>Keeps a session in a vault; from now on its renewals are written there before they are given out.</summary>
    /// <exception cref="OAuthException">The session cannot be kept, or the vault does not take it.</exception>
    public static async Task SaveAsync(this OAuthSession session, ISessionVault vault, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(vault);
        if (session.Origin.Client is { Certificate: not null }
            || (session.Origin.Client?.Key is { } key && VaultedKey.TryCreate(key) is null))
        {
            throw Errors.SessionNotSavable(session.Name);
        }

        while (!await TrySaveAsync(session, vault, cancellationToken).ConfigureAwait(false))
        {
            // It was renewed meanwhile, without the vault: once more, with what that brought.
        }
    }

    /// <summary>Opens a session as a vault keeps it. Nothing is sent until a token is asked for.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="name">The session's name.</param>
    /// <param name="findProvider">Finds a provider by its name.</param>
    /// <param name="transport">What sends the requests; the process's own when null.</param>
    /// <param name="log">Where to say what is done; nowhere when null.</param>
    /// <param name="network">
    /// How servers are reached from now on; what it is silent about, and all when null, as the entry says. The next renewal keeps it.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OAuthException">There is no such session, its entry cannot be used, or the vault cannot be read.</exception>
    public static async Task<OAuthSession> RestoreAsync(
        ISessionVault vault, string name, Func<string, OAuthProvider> findProvider, HttpTransport? transport = null, IFlowLog? log = null,
        NetworkOptions? network = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(findProvider);
        transport ??= HttpTransport.Shared;
        log ??= NoFlowLog.Instance;
        if (!TerminalText.IsHarmless(name))
        {
            throw Errors.SessionName();
        }

        var text = await vault.ReadBoundedAsync(name, transport.TimeProvider, cancellationToken).ConfigureAwait(false)
            ?? throw Errors.VaultEntryMissing(vault.Name, name);
        var entry = VaultEntry.Parse(vault.Name, name, text);
        if (entry is { ClientKey: { } key } && (entry.ClientId is null || key.TryOpen() is null))
        {
            throw Errors.VaultEntryInvalid(vault.Name, name, "has a key that cannot be used");
        }

        var provider = findProvider(entry.Provider!);
        if (!entry.IsEnoughFor(provider))
        {
            throw Errors.VaultEntryInvalid(vault.Name, name, "is not whole");
        }

        (var request, transport) = await OAuthConnection.CompleteAsync(
            ToRequest(entry, name, provider, network), transport, log, cancellationToken).ConfigureAwait(false);
        if (entry.Origins is { } origins)
        {
            request = request with { Provider = DiscoveredEndpoints.Within(origins, request.Provider, request.ServiceUrl!) };
        }

        var session = OAuthConnection.Reopen(request, entry.ToState(), transport);
        return session.TryAttachTo(vault, session.State) ? session : throw Errors.SessionEnded(name);
    }

    /// <summary>Waits until no other process of this user writes to a vault; disposing of the result lets the next one write.</summary>
    /// <exception cref="OAuthConnectionException">
    /// Another process has been writing for five minutes, or the lock cannot be made.
    /// </exception>
    public static async Task<IDisposable> LockForWritingAsync(this ISessionVault vault, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        return await VaultLocks.WritingAsync(vault, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets a session in a vault.</summary>
    /// <exception cref="OAuthException">The vault does not do so.</exception>
    public static async Task ForgetAsync(ISessionVault vault, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        using var held = await VaultLocks.SessionAsync(vault, name, cancellationToken).ConfigureAwait(false);
        using var writing = await VaultLocks.WritingAsync(vault, cancellationToken).ConfigureAwait(false);
        await vault.RemoveBoundedAsync(name, TimeProvider.System, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> TrySaveAsync(OAuthSession session, ISessionVault vault, CancellationToken cancellationToken)
    {
        var state = await session.SettleAsync(cancellationToken).ConfigureAwait(false);
        using var held = await VaultLocks.SessionAsync(vault, session.Name, cancellationToken).ConfigureAwait(false);
        if (ReferenceEquals(state, session.State)
            && session.Vault is { } already && already.Equals(vault.Name, StringComparison.OrdinalIgnoreCase)
            && await IsThereAsync(vault, session, cancellationToken).ConfigureAwait(false))
        {
            // Kept there from now on already: what is there is as new as this, or newer.
            return true;
        }

        using var writing = await VaultLocks.WritingAsync(vault, cancellationToken).ConfigureAwait(false);
        var entry = session.ToEntry(state);
        await vault.WriteBoundedAsync(session.Name, entry, session.Clock, cancellationToken).ConfigureAwait(false);
        return session.TryAttachTo(vault, state);
    }

    private static async Task<bool> IsThereAsync(ISessionVault vault, OAuthSession session, CancellationToken cancellationToken)
    {
        try
        {
            return await vault.ReadBoundedAsync(session.Name, session.Clock, cancellationToken).ConfigureAwait(false) is { } text
                && VaultEntry.Parse(vault.Name, session.Name, text) is not null;
        }
        catch (OAuthUsageException)
        {
            return false;
        }
    }

    private static ConnectRequest ToRequest(
        VaultEntry entry, string name, OAuthProvider provider, NetworkOptions? network) => new()
    {
        Provider = provider,
        Name = name,
        Flow = entry.Flow,
        ServiceUrl = new Uri(entry.ServiceUrl!),
        Variables = entry.Variables ?? ReadOnlyDictionary<string, string>.Empty,
        Client = entry.ToClient(),
        ClientAuthentication = entry.ClientAuthentication,
        FoundClientAuthentication = entry.FoundClientAuthentication,
        Scope = entry.Scope!,
        Resource = entry.Resource ?? [],
        Audience = entry.Audience ?? [],
        ApiUrls = [.. (entry.ApiUrls ?? []).Select(url => new Uri(url))],
        AuthorizationDetails = entry.AuthorizationDetails,
        Inputs = entry.AssertionClaims is { Count: > 0 } claims ? [new AssertionClaims(claims)] : [],
        Headers = entry.Headers!,
        AdditionalParameters = entry.AdditionalParameters!,
        DPoP = entry.DPoPKey is not null,
        DPoPKey = entry.DPoPKey is null ? null : DPoPKey.TryImport(entry.DPoPKey),
        Network = network is null ? entry.Network?.TryOpen() : network.Over(entry.Network?.TryOpen() ?? NetworkOptions.None),
        Timeout = TimeSpan.FromSeconds(entry.TimeoutSeconds),
    };
}
