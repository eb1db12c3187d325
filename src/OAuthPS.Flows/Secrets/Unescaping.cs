using System.Buffers.Text;
using System.Net;
using System.Text;

namespace OAuthPS.Flows.Secrets;

/// <summary>How a server may write a character in another way.</summary>
internal enum Escape
{
    /// <summary><c>\u0041</c>, <c>\"</c> (RFC 8259 section 7).</summary>
    Json,

    /// <summary><c>&amp;amp;</c>, <c>&amp;#65;</c>.</summary>
    Html,

    /// <summary><c>%41</c>, and <c>+</c> for a blank (application/x-www-form-urlencoded).</summary>
    Form,

    /// <summary><c>%41</c> (RFC 3986 section 2.1).</summary>
    Percent,
}

/// <summary>Undoes escapes, and keeps where each character came from.</summary>
internal static class Unescaping
{
    // "&thetasym;" is the longest name of HTML 4.
    private const int LongestEntity = 10;

    /// <returns>The reading without the escapes of one kind; null where it has none.</returns>
    internal static TextReading? Undo(TextReading reading, Escape escape)
    {
        var bytes = reading.Bytes;
        if (!bytes.Contains(Mark(escape)) && !(escape == Escape.Form && bytes.Contains((byte)'+')))
        {
            return null;
        }

        var result = new TextReading(bytes.Length);
        var changed = false;
        for (var at = 0; at < bytes.Length;)
        {
            var (length, value) = bytes[at] == Mark(escape) ? Read(bytes[at..], escape)
                : bytes[at] == '+' && escape == Escape.Form ? (1, ' ')
                : (0, 0);
            if (length == 0)
            {
                result.Add(bytes[at], reading.From(at), reading.To(at));
                at++;
                continue;
            }

            var (from, to) = (reading.From(at), reading.To(at + length - 1));
            if (escape is Escape.Form or Escape.Percent)
            {
                result.Add((byte)value, from, to);
            }
            else
            {
                result.Add(Rune.IsValid(value) ? new Rune(value) : Rune.ReplacementChar, from, to);
            }

            changed = true;
            at += length;
        }

        return changed ? result : null;
    }

    private static byte Mark(Escape escape) => escape switch
    {
        Escape.Json => (byte)'\\',
        Escape.Html => (byte)'&',
        _ => (byte)'%',
    };

    private static (int Length, int Value) Read(ReadOnlySpan<byte> text, Escape escape) => escape switch
    {
        Escape.Json => ReadJson(text),
        Escape.Html => ReadHtml(text),
        _ => Hex(text[1..], 2) is { } value ? (3, value) : (0, 0),
    };

    private static (int Length, int Value) ReadJson(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
        {
            return (0, 0);
        }

        if (text[1] != 'u')
        {
            return text[1] switch
            {
                (byte)'"' or (byte)'\\' or (byte)'/' => (2, text[1]),
                (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t' => (2, '\n'),
                _ => (0, 0),
            };
        }

        if (Hex(text[2..], 4) is not { } unit)
        {
            return (0, 0);
        }

        var isPair = char.IsHighSurrogate((char)unit) && text[6..].StartsWith("\\u"u8);
        return isPair && Hex(text[8..], 4) is { } low && char.IsLowSurrogate((char)low)
            ? (12, char.ConvertToUtf32((char)unit, (char)low))
            : (6, unit);
    }

    private static (int Length, int Value) ReadHtml(ReadOnlySpan<byte> text)
    {
        var end = text[..Math.Min(text.Length, LongestEntity)].IndexOf((byte)';');
        if (end < 2)
        {
            return (0, 0);
        }

        var entity = Encoding.UTF8.GetString(text[..(end + 1)]);
        var decoded = WebUtility.HtmlDecode(entity);
        return decoded != entity
            && Rune.DecodeFromUtf16(decoded, out var rune, out var length) == System.Buffers.OperationStatus.Done
                && length == decoded.Length
            ? (end + 1, rune.Value)
            : (0, 0);
    }

    private static int? Hex(ReadOnlySpan<byte> text, int digits) =>
        text.Length >= digits && Utf8Parser.TryParse(text[..digits], out uint value, out var read, 'X') && read == digits
            ? (int)value
            : null;
}
