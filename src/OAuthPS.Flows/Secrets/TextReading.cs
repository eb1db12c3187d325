using System.Buffers;
using System.Text;

namespace OAuthPS.Flows.Secrets;

/// <summary>One way to read a text: its bytes in UTF-8, each with the characters of the text that it stands for.</summary>
internal sealed class TextReading
{
    // Without one of these there is nothing to unescape.
    private static readonly SearchValues<byte> _escapes = SearchValues.Create("\\&%+"u8);

    private readonly byte[] _bytes;
    private readonly int[] _from;
    private readonly int[] _to;

    internal TextReading(int capacity)
    {
        _bytes = new byte[capacity];
        _from = new int[capacity];
        _to = new int[capacity];
    }

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    internal bool MayHaveEscapes => Bytes.ContainsAny(_escapes);

    /// <summary>The text as it is, but for what nobody sees.</summary>
    internal static TextReading Of(string text) => Of(text, TerminalText.IsHarmless);

    /// <summary>The text as it is, but for what <see cref="Add(byte, int, int)"/> leaves out: as its bytes are encoded.</summary>
    internal static TextReading OfBytes(string text) => Of(text, static _ => true);

    private static TextReading Of(string text, Func<Rune, bool> isRead)
    {
        // Three bytes for a character at most: one outside of the basic plane is two characters and four bytes.
        var reading = new TextReading(text.AsSpan().ContainsAnyExceptInRange('\0', '\x7F') ? text.Length * 3 : text.Length);
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            // A lone surrogate is one character, as its replacement is.
            var next = position + rune.Utf16SequenceLength;
            if (isRead(rune))
            {
                reading.AddEncoded(rune, position, next);
            }

            position = next;
        }

        return reading;
    }

    /// <summary>Where in the text a byte begins.</summary>
    internal int From(int index) => _from[index];

    /// <summary>Where in the text a byte ends.</summary>
    internal int To(int index) => _to[index];

    /// <summary>
    /// Adds a byte, unless it is a line break or another control character: a secret may be cut with one, and nobody sees it.
    /// </summary>
    internal void Add(byte value, int from, int to)
    {
        if (value is >= (byte)' ' and not 0x7F)
        {
            (_bytes[Length], _from[Length], _to[Length]) = (value, from, to);
            Length++;
        }
    }

    /// <summary>Adds a character, unless nobody sees it.</summary>
    internal void Add(Rune rune, int from, int to)
    {
        if (TerminalText.IsHarmless(rune))
        {
            AddEncoded(rune, from, to);
        }
    }

    private void AddEncoded(Rune rune, int from, int to)
    {
        Span<byte> encoded = stackalloc byte[4];
        foreach (var value in encoded[..rune.EncodeToUtf8(encoded)])
        {
            Add(value, from, to);
        }
    }
}
