using System.Text.Json;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Http;

/// <summary>
/// What the server says of a refusal: RFC 6749 section 5.2 (<c>error</c>, <c>error_description</c>), or FastAPI's
/// <c>detail</c>, a text or a list of places and messages.
/// </summary>
internal sealed record ErrorResponse(string? Error, string? Description)
{
    private static readonly ErrorResponse _nothing = new(null, null);

    /// <summary>Never fails: a body that is no error response gives one that says nothing.</summary>
    internal static ErrorResponse Read(HttpResponse response, IEnumerable<string> secrets)
    {
        try
        {
            using var document = JsonDocument.Parse(response.Json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return _nothing;
            }

            var known = secrets.ToList();
            var error = Text(root, "error");
            var description = Text(root, "error_description") ?? Detail(root) ?? Text(root, "message");
            return new ErrorResponse(
                error is null ? null : WireFormat.Clean(error, known),
                description is null ? null : WireFormat.Clean(description, known));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape such as \ud800 that is half a character.
            return _nothing;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // {"detail":"…"} or {"detail":[{"loc":["body","grant_type"],"msg":"field required","type":"…"}]}. An item may also have
    // "input", which repeats what was sent: it is never read.
    private static string? Detail(JsonElement root)
    {
        if (!root.TryGetProperty("detail", out var detail))
        {
            return null;
        }

        if (detail.ValueKind == JsonValueKind.String)
        {
            return detail.GetString();
        }

        if (detail.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var items = detail.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item =>
        {
            var place = item.TryGetProperty("loc", out var loc) && loc.ValueKind == JsonValueKind.Array
                ? string.Join('.', loc.EnumerateArray().Select(step => step.ToString()))
                : "request";
            return $"{place}: {Text(item, "msg") ?? "not accepted"}";
        });
        return string.Join("; ", items) is { Length: > 0 } text ? text : null;
    }
}
