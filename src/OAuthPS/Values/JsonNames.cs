using System.Text.Json;

namespace OAuthPS.Values;

/// <summary>
/// The member names of a response. A list of a thousand objects has each of its names a thousand times: they are read once.
/// </summary>
internal sealed class JsonNames
{
    private const int FirstSize = 64;

    private readonly Dictionary<string, JsonName> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonName> _firsts = new(StringComparer.OrdinalIgnoreCase);
    private Entry[] _entries = new Entry[FirstSize];
    private int _count;

    /// <summary>The name that the reader stands at.</summary>
    internal JsonName Read(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped)
        {
            return Of(JsonString.Read(ref reader));
        }

        var utf8 = reader.ValueSpan;
        var hash = HashOf(utf8);
        for (var at = hash & (_entries.Length - 1); ; at = (at + 1) & (_entries.Length - 1))
        {
            ref var entry = ref _entries[at];
            if (entry.Name is null)
            {
                entry = new Entry(hash, utf8.ToArray(), Of(JsonString.Read(ref reader)));
                var name = entry.Name;
                Grow();
                return name;
            }

            if (entry.Hash == hash && utf8.SequenceEqual(entry.Utf8))
            {
                return entry.Name;
            }
        }
    }

    // A server may send any number of names that differ in their case only.
    private JsonName Of(string text)
    {
        if (_byText.TryGetValue(text, out var known))
        {
            return known;
        }

        var name = new JsonName(text, _firsts.GetValueOrDefault(text));
        _firsts.TryAdd(text, name);
        return _byText[text] = name;
    }

    // Seeded: nobody can send names that are made to have one hash.
    private static int HashOf(ReadOnlySpan<byte> utf8)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        return hash.ToHashCode();
    }

    private void Grow()
    {
        if (++_count * 2 < _entries.Length)
        {
            return;
        }

        var larger = new Entry[_entries.Length * 2];
        foreach (var entry in _entries)
        {
            if (entry.Name is not null)
            {
                var at = entry.Hash & (larger.Length - 1);
                while (larger[at].Name is not null)
                {
                    at = (at + 1) & (larger.Length - 1);
                }

                larger[at] = entry;
            }
        }

        _entries = larger;
    }

    private readonly record struct Entry(int Hash, byte[] Utf8, JsonName Name);
}

/// <summary>The name of a member, and which member of the object that is being made had it last.</summary>
internal sealed class JsonName(string text, JsonName? first)
{
    // PowerShell keeps these for itself in every object.
    private static readonly HashSet<string> _reserved =
        new(StringComparer.OrdinalIgnoreCase) { "PSObject", "PSBase", "PSAdapted", "PSExtended", "PSTypeNames" };

    internal string Text { get; } = text;

    /// <summary>Whether a PSCustomObject can have a property of that name.</summary>
    internal bool IsOfProperty { get; } = text.Length > 0 && !_reserved.Contains(text);

    /// <summary>The first of the names that are this one but for their case, which PowerShell does not tell apart.</summary>
    internal JsonName First => first ?? this;

    /// <summary>The object that has it, of those made.</summary>
    internal int Object { get; set; }

    /// <summary>Where it stands among the members.</summary>
    internal int Index { get; set; }
}
