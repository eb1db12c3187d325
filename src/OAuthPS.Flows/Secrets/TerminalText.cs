using System.Globalization;
using System.Text;

namespace OAuthPS.Flows.Secrets;

/// <summary>
/// Text for a terminal or a command line. A terminal obeys control characters, and shows text after a bidirectional override in
/// another order than it is pasted in; both can come from files, servers and tokens.
/// </summary>
public static class TerminalText
{
    /// <summary>
    /// Whether a text has no character that a terminal obeys or does not show: C0, DEL and C1 (ISO/IEC 6429), Unicode's format characters
    /// (bidirectional controls, zero-width characters, tags), line and paragraph separators, and halves of surrogate pairs.
    /// </summary>
    public static bool IsHarmless(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return true;
        }

        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune) || !IsHarmless(rune))
            {
                return false;
            }

            at += rune.Utf16SequenceLength;
        }

        return true;
    }

    /// <summary>
    /// The text with a blank for each tab and line break, and with <c>\u001B</c> and the like for any other such character.
    /// </summary>
    public static string Escape(string text) => Escape(text, keepLines: false);

    /// <summary>The same for a text of several lines: its line breaks stay.</summary>
    public static string EscapeLines(string text) => Escape(text, keepLines: true);

    private static string Escape(string text, bool keepLines)
    {
        if (IsHarmless(text))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\r' or '\n' && keepLines)
            {
                shown.Append((char)rune.Value);
            }
            else if (rune.Value is '\t' or '\r' or '\n')
            {
                shown.Append(' ');
            }
            else if (IsHarmless(rune))
            {
                shown.Append(rune.ToString());
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\{(rune.IsBmp ? $"u{rune.Value:X4}" : $"U{rune.Value:X8}")}");
            }
        }

        return shown.ToString();
    }

    internal static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
