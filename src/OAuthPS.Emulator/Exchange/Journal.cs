namespace OAuthPS.Emulator;

/// <summary>What was asked and answered, secrets masked, oldest first.</summary>
public sealed class Journal
{
    // Enough for any test or tour, and a bound on what an emulator left running keeps.
    private const int MostEntries = 2000;

    private readonly Lock gate = new();
    private readonly Queue<JournalEntry> entries = new();
    private long lastId;

    /// <summary>The entries so far, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Entries
    {
        get { lock (gate) return [.. entries]; }
    }

    /// <summary>Forgets every entry.</summary>
    public void Clear()
    {
        lock (gate)
            entries.Clear();
    }

    internal void Add(JournalEntry entry)
    {
        lock (gate)
        {
            entries.Enqueue(entry with { Id = ++lastId });
            if (entries.Count > MostEntries)
                entries.Dequeue();
        }
    }
}
