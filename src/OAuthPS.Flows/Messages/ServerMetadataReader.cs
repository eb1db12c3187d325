using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// Reads metadata as servers write it. RFC 8414 section 2 gives each member a type; a list that is one text and a truth that is a text
/// have one meaning and are read, and an endpoint that is empty is none. Any other member is passed over, since one bad member is no
/// reason to do without the server. What an endpoint must be to be safe is checked after this, and not relaxed here.
/// </summary>
internal static class ServerMetadataReader
{
    private static readonly char[] _separators = [' ', ','];

    // A response type may be several words (OAuth 2.0 Multiple Response Type Encoding Practices).
    private static readonly char[] _betweenResponseTypes = [','];

    /// <param name="response">The response.</param>
    /// <param name="request">The request it answers.</param>
    /// <param name="passedOver">The members that cannot be read, by name.</param>
    /// <returns>The metadata; null where the document is no JSON object, or names no issuer.</returns>
    /// <exception cref="OAuthProtocolException">A member comes twice.</exception>
    internal static ServerMetadata? Read(HttpResponse response, OAuthRequest request, out IReadOnlyList<string> passedOver)
    {
        var skipped = new List<string>();
        passedOver = skipped;
        var type = ServerMetadataJson.Default.ServerMetadata;
        try
        {
            using var document = JsonDocument.Parse(response.Json);
            var json = document.RootElement;
            if (json.ValueKind != JsonValueKind.Object || JsonWebSignature.Text(json, "issuer") is null)
            {
                return null;
            }

            JsonResponse.RequireOnce(json, [.. type.Properties.Select(property => property.Name)], JsonResponse.SourceOf(request));
            return Members(json, type, skipped).Deserialize(type);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape such as \ud800 that is half a character, in a name.
            return null;
        }
    }

    private static JsonObject Members(JsonElement json, JsonTypeInfo type, List<string> skipped)
    {
        var members = new JsonObject();
        foreach (var property in type.Properties)
        {
            if (!json.TryGetProperty(property.Name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (Value(property, value, skipped) is { } read)
            {
                members[property.Name] = read;
            }
            else
            {
                skipped.Add(property.Name);
            }
        }

        return members;
    }

    private static JsonNode? Value(JsonPropertyInfo property, JsonElement value, List<string> skipped) =>
        property.PropertyType == typeof(Uri) ? Endpoint(value)
        : property.PropertyType == typeof(bool) ? Truth(value)
        : property.PropertyType == typeof(string) ? JsonValue.Create(WireFormat.Text(value))
        : property.PropertyType != typeof(MtlsEndpointAliases)
            ? List(value, property.Name == "response_types_supported" ? _betweenResponseTypes : _separators)
        : value.ValueKind == JsonValueKind.Object ? Members(value, ServerMetadataJson.Default.MtlsEndpointAliases, skipped)
        : null;

    private static JsonArray? List(JsonElement value, char[] separators) => value.ValueKind switch
    {
        JsonValueKind.Array => Array(value.EnumerateArray().Select(WireFormat.Text).OfType<string>()),
        JsonValueKind.String => WireFormat.Text(value) is { } text
            ? Array(text.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            : null,
        _ => null,
    };

    private static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static JsonValue? Truth(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => JsonValue.Create(value.GetBoolean()),
        JsonValueKind.String when bool.TryParse(WireFormat.Text(value), out var truth) => JsonValue.Create(truth),
        _ => null,
    };

    private static JsonValue? Endpoint(JsonElement value) =>
        WireFormat.Text(value) is { } text && !string.IsNullOrWhiteSpace(text) && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _)
            ? JsonValue.Create(text)
            : null;
}
