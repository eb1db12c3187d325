using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>The categories of benefits that were created, oldest first.</summary>
internal sealed class SpacebringCategories(EmulatorContext emulator)
{
    // A rehearsal makes a few; an emulator left running keeps no more than these.
    private const int Most = 100;

    private readonly Lock _gate = new();
    private readonly Queue<(string Location, JsonObject Shown)> _categories = new();

    /// <summary>The categories of a location.</summary>
    public Answer List(string location)
    {
        lock (_gate)
        {
            var found = _categories.Where(category => category.Location == location).Select(category => category.Shown.DeepClone());
            return Answer.Json(200, new JsonObject { ["categories"] = new JsonArray([.. found]) });
        }
    }

    /// <summary>Creates one of the body <c>{"category":{"locationRef","title"}}</c>.</summary>
    public Answer Create(HttpContext context, Func<string, bool> isLocation)
    {
        if (MediaType.Of(context.Request.ContentType) != MediaType.Json)
        {
            return SpacebringError.Of(400, $"The content type must be {MediaType.Json}.");
        }

        try
        {
            using var body = JsonDocument.Parse(ReceivedBody.Of(context));
            var (location, title) = (Text(body.RootElement, "locationRef"), Text(body.RootElement, "title"));
            return location is not null && isLocation(location) && title is { Length: > 0 }
                ? Answer.Json(201, new JsonObject { ["category"] = Add(location, title) })
                : SpacebringError.Of(400, "category must have the locationRef of a location, and a title.");
        }
        // The latter: an escaped half of a surrogate pair, which is JSON but no text.
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return SpacebringError.Of(400, "The body is not JSON.");
        }
    }

    private JsonNode Add(string location, string title)
    {
        var category = new JsonObject
        {
            ["createDate"] = emulator.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["id"] = Guid.NewGuid().ToString(),
            ["locationRef"] = location,
            ["networkRef"] = DemoAccounts.SpacebringNetworkId,
            ["title"] = title,
        };
        lock (_gate)
        {
            _categories.Enqueue((location, category));
            if (_categories.Count > Most)
            {
                _categories.Dequeue();
            }
        }

        return category.DeepClone();
    }

    private static string? Text(JsonElement body, string member)
        => Member(Member(body, "category"), member) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement? of, string name)
        => of is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var member) ? member : null;
}
