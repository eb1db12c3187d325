namespace OAuthPS.Flows.Vaults;

/// <summary>
/// Where sessions are kept beyond the process: a secret for each. Its methods are called one at a time for one vault in one process,
/// and for one session by one process at a time.
/// </summary>
public interface ISessionVault
{
    /// <summary>The vault's name.</summary>
    string Name { get; }

    /// <summary>The entry of a session; null when there is none.</summary>
    /// <exception cref="OAuthException">The vault cannot be read: it is locked, unknown, or does not answer.</exception>
    Task<string?> ReadAsync(string session, CancellationToken cancellationToken);

    /// <summary>Writes the entry of a session, whole or not at all.</summary>
    /// <param name="session">The session's name.</param>
    /// <param name="entry">The entry; it holds secrets.</param>
    /// <param name="description">What may be shown of it; it holds none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OAuthException">The vault does not take it.</exception>
    Task WriteAsync(string session, string entry, IReadOnlyDictionary<string, string> description, CancellationToken cancellationToken);

    /// <summary>Removes the entry of a session; it is fine when there is none.</summary>
    /// <exception cref="OAuthException">The vault does not do so.</exception>
    Task RemoveAsync(string session, CancellationToken cancellationToken);

    /// <summary>The names of the sessions that are kept.</summary>
    /// <exception cref="OAuthException">The vault cannot be read.</exception>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);
}
