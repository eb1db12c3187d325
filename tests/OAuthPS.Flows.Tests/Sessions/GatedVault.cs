using OAuthPS.Flows.Vaults;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>A vault that waits, heedless of tokens, for what the test sets; it keeps the token of each call.</summary>
internal sealed class GatedVault(MemoryVault inner, string name = "gated") : ISessionVault
{
    public string Name => name;

    /// <summary>What reading waits for.</summary>
    internal Task BeforeRead { get; set; } = Task.CompletedTask;

    /// <summary>What is done before something is written.</summary>
    internal Func<Task> BeforeWrite { get; set; } = () => Task.CompletedTask;

    /// <summary>Blocks the thread of a caller instead of giving a task.</summary>
    internal bool Blocks { get; set; }

    internal List<CancellationToken> Reads { get; } = [];

    /// <summary>Told of each read.</summary>
    internal Happening Happened { get; } = new();

    public async Task<string?> ReadAsync(string session, CancellationToken cancellationToken)
    {
        lock (Reads)
            Reads.Add(cancellationToken);
        Happened.Tell();
        if (Blocks)
            BeforeRead.Wait(CancellationToken.None);
        await BeforeRead;
        return await inner.ReadAsync(session, cancellationToken);
    }

    public async Task WriteAsync(string session, string entry, IReadOnlyDictionary<string, string> description, CancellationToken cancellationToken)
    {
        await BeforeWrite();
        await inner.WriteAsync(session, entry, description, cancellationToken);
    }

    public Task RemoveAsync(string session, CancellationToken cancellationToken) => inner.RemoveAsync(session, cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);
}
