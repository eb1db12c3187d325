using System.Text.Json;

namespace OAuthPS.Flows.Jose;

/// <summary>
/// What a JSON parser lets pass and two readers may take differently. What is signed must mean one thing: RFC 7515 section 4 and
/// RFC 7519 section 4 want unique names.
/// </summary>
internal static class JsonShape
{
    /// <returns>The object; null when the text is no JSON object, or one that has a flaw.</returns>
    internal static JsonElement? TryReadObject(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && Flaw(document.RootElement) is null
                ? document.RootElement.Clone()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>What is wrong, for a sentence; null when nothing is.</returns>
    internal static string? Flaw(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Object => ObjectFlaw(value),
                JsonValueKind.Array => value.EnumerateArray().Select(Flaw).FirstOrDefault(flaw => flaw is not null),
                JsonValueKind.String => value.GetString() is null ? "has no text" : null,
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8: the parser finds them when the text is asked for.
            return "has text that is not Unicode";
        }
    }

    private static string? ObjectFlaw(JsonElement value)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!names.Add(member.Name))
            {
                return "has a member twice";
            }

            if (Flaw(member.Value) is { } flaw)
            {
                return flaw;
            }
        }

        return null;
    }
}
