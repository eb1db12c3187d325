namespace OAuthPS.Emulator;

/// <summary>What was asked and answered, secrets masked, oldest first.</summary>
public sealed class Journal
{
    // Enough for any test or tour, and a bound on what an emulator left running keeps.
    private const int MostEntries = 2000;

    private readonly Lock _gate = new();
    private readonly Queue<JournalEntry> _entries = new();
    private long _lastId;

    /// <summary>The entries so far, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Entries
    {
        get { lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>Forgets every entry.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
        }
    }

    internal void Add(JournalEntry entry)
    {
        lock (_gate)
        {
            _entries.Enqueue(entry with { Id = ++_lastId });
            if (_entries.Count > MostEntries)
            {
                _entries.Dequeue();
            }
        }
    }
}
