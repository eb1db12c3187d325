namespace OAuthPS.Flows.Api;

/// <summary>What a media type says of a body (RFC 6838, RFC 8259 section 11).</summary>
internal static class ApiMediaType
{
    // Some servers have never heard of application/json.
    private static readonly string[] _json = ["application/json", "text/json", "application/x-json", "text/x-json"];

    private static readonly string[] _text = ["application/javascript", "application/x-javascript"];

    internal static bool IsJson(string? mediaType) => mediaType is not null
        && (_json.Contains(mediaType, StringComparer.OrdinalIgnoreCase) || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    internal static bool IsText(string? mediaType) => mediaType is null
        || mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || mediaType.EndsWith("xml", StringComparison.OrdinalIgnoreCase)
        || _text.Contains(mediaType, StringComparer.OrdinalIgnoreCase);
}
