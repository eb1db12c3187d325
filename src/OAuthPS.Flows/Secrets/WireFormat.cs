using System.Text.Json;

namespace OAuthPS.Flows.Secrets;

/// <summary>What came from outside, as it may be shown: secrets replaced, control characters escaped, a bounded length.</summary>
internal static class WireFormat
{
    private const int MaximumShown = 500;

    // Any other media type may be made up of what the server was sent.
    private static readonly HashSet<string> _mediaTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        "application/json", "application/problem+json", "application/xml", "application/octet-stream", "text/html", "text/plain",
            "text/xml",
    };

    /// <summary>The provider's words without the request's secrets, which a hostile or careless server may repeat.</summary>
    internal static string Clean(string words, IEnumerable<string> secrets, int maximum = MaximumShown)
    {
        var hidden = secrets as IReadOnlyCollection<string> ?? [.. secrets];
        var shown = Harmless(Redaction.Redact(words, hidden), maximum);

        // Once more where they changed: a secret may have a control character, or become whole where something is replaced.
        return shown == words ? words : Redaction.Redact(shown, hidden);
    }

    internal static string Show(string? mediaType) => mediaType switch
    {
        null => "no content type",
        _ when _mediaTypes.TryGetValue(mediaType, out var known) => known,
        _ => "another content type",
    };

    private static string Harmless(string words, int maximum)
    {
        // Escapes make it longer: first what need not be escaped is cut off, then what is too long.
        var shown = TerminalText.Escape(words.Length > maximum ? words[..maximum] : words);
        var isCut = words.Length > maximum || shown.Length > maximum;
        return isCut ? $"{TerminalText.Escape(shown[..Math.Min(shown.Length, maximum)])}…" : shown.Trim();
    }

    /// <summary>The text of a member; null where it is none, or half a character stands in it.</summary>
    internal static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
