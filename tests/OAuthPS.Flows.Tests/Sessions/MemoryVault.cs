using OAuthPS.Flows.Vaults;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>A vault that is a dictionary, and fails when told to.</summary>
internal sealed class MemoryVault(string name = "memory") : ISessionVault
{
    private readonly Lock _gate = new();

    public string Name => name;

    internal Dictionary<string, string> Entries { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal Dictionary<string, IReadOnlyDictionary<string, string>> Descriptions { get; } = [];

    internal int Writes { get; private set; }

    /// <summary>Told of each entry that is written.</summary>
    internal Happening Happened { get; } = new();

    /// <summary>How many writes to come are refused.</summary>
    internal int Refusals { get; set; }

    /// <summary>What happens after the next reads, one each.</summary>
    internal Queue<Action> AfterRead { get; } = new();

    internal string Only => Entries.Values.Single();

    public Task<string?> ReadAsync(string session, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var found = Entries.GetValueOrDefault(session);
            if (AfterRead.TryDequeue(out var then))
                then();
            return Task.FromResult(found);
        }
    }

    public Task WriteAsync(string session, string entry, IReadOnlyDictionary<string, string> description, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Refusals > 0)
            {
                Refusals--;
                throw new OAuthVaultException(OAuthErrorId.VaultFailed, "The vault 'memory' failed.", "Check it.");
            }

            Writes++;
            Entries[session] = entry;
            Descriptions[session] = description;
        }

        Happened.Tell();
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string session, CancellationToken cancellationToken)
    {
        lock (_gate)
            Entries.Remove(session);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<string>>([.. Entries.Keys]);
    }
}
