using System.Text.Json;

namespace OAuthPS.Flows.Protocol;

/// <summary>What came from outside, as it may be shown: secrets replaced, control characters escaped, a bounded length.</summary>
internal static class WireFormat
{
    private const int MaximumShown = 500;

    // Members of an answer that are no secret by their specification. All others are shown by name only.
    private static readonly HashSet<string> _showable = new(StringComparer.Ordinal)
    {
        "token_type", "expires_in", "expires_at", "scope", "error", "error_description", "error_uri", "interval", "user_id", "client_id", "detail", "issuer",
    };

    // Any other media type may be made up of what the server was sent.
    private static readonly HashSet<string> _mediaTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        "application/json", "application/problem+json", "application/xml", "application/octet-stream", "text/html", "text/plain", "text/xml",
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

    internal static string Describe(HttpAnswer answer, OAuthRequest request)
    {
        var head = $"{(int)answer.StatusCode} with {Show(answer.MediaType)}, {answer.Body.Length} bytes";
        if (request is ApiRequest)
        {
            // What an API answers is the caller's to look at, and may be large.
            return head;
        }

        try
        {
            using var document = JsonDocument.Parse(answer.Json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                var members = string.Join(", ", document.RootElement.EnumerateObject().Select(member =>
                    $"{Clean(member.Name, [])}={(_showable.Contains(member.Name) ? member.Value.ToString() : Secret.Mask)}"));
                return members.Length == 0 ? head : $"{head}: {Clean(members, request.Secrets.Concat(SecretsOf(document.RootElement)))}";
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Not JSON, or half a character in it: its size and type say enough, and nothing of it can be told from a secret.
        }

        return head;
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

    // What the answer gives under these names it may repeat under others.
    private static IEnumerable<string> SecretsOf(JsonElement answer) => answer.EnumerateObject()
        .Where(member => member.Name.EndsWith("_token", StringComparison.Ordinal) || member.Name.EndsWith("_secret", StringComparison.Ordinal))
        .Select(member => Text(member.Value))
        .OfType<string>();
}
