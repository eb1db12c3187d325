using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OAuthPS.Values;

/// <summary>The text of a JSON string, with U+FFFD for half a character (<c>\ud800</c>), as ConvertFrom-Json has it.</summary>
internal static class JsonString
{
    /// <summary>The string or name that the reader stands at, whose JSON is sound UTF-8.</summary>
    internal static string Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescape(Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    // The reader has checked that each escape is one.
    private static string Unescape(string json)
    {
        var text = new StringBuilder(json.Length);
        for (var at = 0; at < json.Length; at++)
        {
            if (json[at] != '\\')
            {
                text.Append(json[at]);
                continue;
            }

            var escape = json[++at];
            text.Append(escape switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)ushort.Parse(json.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                _ => escape,
            });
            at += escape == 'u' ? 4 : 0;
        }

        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
