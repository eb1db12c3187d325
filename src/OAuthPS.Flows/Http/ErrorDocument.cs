using System.Net;
using System.Text.Json;

namespace OAuthPS.Flows.Http;

/// <summary>The body of a refusal in the one form that its words are read from, whatever form the server gave it.</summary>
internal static class ErrorDocument
{
    // What a server says at greater length is no message.
    internal const int MaximumLookedAt = 64 * 1024;

    /// <returns>The body as JSON, also where it is form-encoded or XML; null when it is none of these. The caller disposes of it.</returns>
    internal static JsonDocument? TryParse(HttpResponse response)
    {
        try
        {
            return JsonDocument.Parse(response.Json);
        }
        catch (JsonException)
        {
            var json = FormBody.ToJson(response.Json) ?? XmlBody.ToJson(Start(response));
            return json is null ? null : JsonDocument.Parse(json);
        }
    }

    /// <summary>The words of a body that is a text, or the title of one that is a page; null where it is neither.</summary>
    internal static string? PlainWords(HttpResponse response)
    {
        var text = Text(response);
        return text.Length == 0 || text.Contains('\0', StringComparison.Ordinal) ? null
            : TitleOf(text) is { } title ? title
            : IsText(response.MediaType) && text[0] is not ('<' or '{' or '[' or '"') ? text
            : null;
    }

    /// <summary>The beginning of the body as text, in the character set that it says.</summary>
    internal static string Text(HttpResponse response)
    {
        using var reader = new StreamReader(
            new MemoryStream(Start(response)), CharacterSets.Find(response.CharacterSet?.Trim('"', ' ')));
        return reader.ReadToEnd().Trim();
    }

    private static byte[] Start(HttpResponse response) =>
        response.Body.Length > MaximumLookedAt ? response.Body[..MaximumLookedAt] : response.Body;

    // A type that says nothing, or the wrong thing, is common where a gateway answers for the server.
    private static bool IsText(string? mediaType) => mediaType is null or "application/json"
        || mediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase);

    private static string? TitleOf(string page)
    {
        var start = page.IndexOf("<title", StringComparison.OrdinalIgnoreCase);
        var open = start < 0 ? -1 : page.IndexOf('>', start);
        var end = open < 0 ? -1 : page.IndexOf("</title", open, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? null : WebUtility.HtmlDecode(page[(open + 1)..end]).Trim() is { Length: > 0 } title ? title : null;
    }
}
