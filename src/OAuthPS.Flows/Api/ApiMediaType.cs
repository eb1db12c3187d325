namespace OAuthPS.Flows.Api;

/// <summary>What a media type says of a body (RFC 6838, RFC 8259 section 11, RFC 7303).</summary>
internal static class ApiMediaType
{
    // Some servers have never heard of application/json.
    private static readonly string[] _json = ["application/json", "text/json", "application/x-json", "text/x-json"];

    // A JSON text on each line; no type of it is registered.
    private static readonly string[] _jsonLines =
        ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines", "application/jsonlines"];

    private static readonly string[] _xml = ["application/xml", "text/xml"];

    private static readonly string[] _text = ["application/javascript", "application/x-javascript"];

    internal static bool IsJson(string? mediaType) => mediaType is not null
        && (Has(_json, mediaType) || IsJsonLines(mediaType) || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    internal static bool IsJsonLines(string? mediaType) => mediaType is not null && Has(_jsonLines, mediaType);

    internal static bool IsXml(string? mediaType) => mediaType is not null
        && (Has(_xml, mediaType) || mediaType.EndsWith("+xml", StringComparison.OrdinalIgnoreCase));

    internal static bool IsText(string? mediaType) => mediaType is null
        || mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || mediaType.EndsWith("xml", StringComparison.OrdinalIgnoreCase)
        || Has(_text, mediaType);

    private static bool Has(string[] types, string mediaType) => types.Contains(mediaType, StringComparer.OrdinalIgnoreCase);
}
