using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Api;

/// <summary>A body as text: its bytes without a byte order mark, and how they are read.</summary>
internal readonly partial record struct BodyText(ReadOnlyMemory<byte> Bytes, Encoding Encoding)
{
    // Where HTML has to say its character set ("Determining the character encoding"); XML says it in its first line.
    private const int MaximumLookedAt = 1024;

    // UTF-32 before UTF-16, whose mark is the beginning of the other's.
    private static readonly Encoding[] _marked = [Encoding.UTF8, Encoding.UTF32, Encoding.Unicode, Encoding.BigEndianUnicode];

    // What web servers say of everything that they send, whatever it is.
    private static readonly string[] _defaults = ["iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252"];

    /// <param name="body">The body.</param>
    /// <param name="characterSet">The character set it says; null for none.</param>
    /// <param name="isJson">Whether it says to be JSON.</param>
    internal static BodyText Of(byte[] body, string? characterSet, bool isJson)
    {
        if (_marked.FirstOrDefault(encoding => body.AsSpan().StartsWith(encoding.Preamble)) is { } marked)
        {
            return new(body.AsMemory(marked.Preamble.Length), marked);
        }

        if (isJson)
        {
            // RFC 8259 section 8.1: JSON is UTF-8. What can be read as such is, unless the server names a character set on purpose.
            var isDefault = _defaults.Contains(characterSet?.Trim('"', ' '), StringComparer.OrdinalIgnoreCase);
            return new(body, isDefault && Utf8.IsValid(body) ? Encoding.UTF8 : Named(characterSet));
        }

        return new(body, Named(characterSet ?? SaidIn(body)));
    }

    internal string Decode() => Encoding.GetString(Bytes.Span);

    /// <summary>The text in UTF-8; what is none in its encoding has become U+FFFD.</summary>
    internal ReadOnlyMemory<byte> ToUtf8() =>
        Encoding is UTF8Encoding && Utf8.IsValid(Bytes.Span) ? Bytes : Encoding.UTF8.GetBytes(Decode());

    private static Encoding Named(string? characterSet) => CharacterSets.Find(characterSet?.Trim('"', ' '));

    // XML 1.0 section 4.3.3, and the meta element of HTML.
    private static string? SaidIn(byte[] body)
    {
        var start = body.AsSpan(0, Math.Min(body.Length, MaximumLookedAt));
        return start.IndexOf((byte)'<') >= 0 && Said().Match(Encoding.Latin1.GetString(start)) is { Success: true } said
            ? said.Groups["set"].Value
            : null;
    }

    [GeneratedRegex(
        """^\s*<\?xml\s[^>]*\bencoding\s*=\s*["'](?<set>[\w.:-]+)|<meta\s[^>]*\bcharset\s*=\s*["']?(?<set>[\w.:-]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Said();
}
