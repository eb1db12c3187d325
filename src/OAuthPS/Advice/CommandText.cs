using System.Text;
using System.Text.RegularExpressions;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Advice;

/// <summary>Text as a part of a PowerShell command line that a person may paste: one literal, whatever the text is.</summary>
public static partial class CommandText
{
    /// <summary>The text in single quotes, within which PowerShell expands nothing; what a terminal would obey is escaped.</summary>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var quoted = new StringBuilder("'");
        foreach (var character in TerminalText.Escape(text))
        {
            // To PowerShell the typographic ones are quotes too; doubled, each stands for itself.
            quoted.Append(character, character is '\'' or (>= '\u2018' and <= '\u201B') ? 2 : 1);
        }

        return quoted.Append('\'').ToString();
    }

    /// <summary>The text as it is where it is a plain word, else in single quotes.</summary>
    public static string Word(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Plain().IsMatch(text) ? text : Quote(text);
    }

    /// <summary>The headers of a provider as a hashtable to fill in.</summary>
    public static string Headers(IEnumerable<ApiHeader> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return ToFillIn(headers.Select(header => (header.Name, header.Meaning)));
    }

    /// <summary>Names as a hashtable to fill in, each with what its value is.</summary>
    internal static string ToFillIn(IEnumerable<(string Name, string Meaning)> values) =>
        $"@{{ {string.Join("; ", values.Select(value => $"{Quote(value.Name)} = {Quote($"<{value.Meaning}>")}"))} }}";

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9._-]*\z")]
    private static partial Regex Plain();
}
