using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Http;

/// <summary>What a refused request came back with, as a failure may carry it: bounded, and without what must not show.</summary>
internal static class ShownRefusal
{
    private const int LongestBody = ErrorDocument.MaximumLookedAt;
    private const int LongestHeader = 1000;
    private const int MaximumHeaders = 64;
    private const int MaximumValues = 8;

    // An address, whose query may be a way in.
    private static readonly string[] _addresses = ["Location", "Content-Location", "Refresh", "Link"];

    // They are no credential whatever their names have in them.
    private static readonly string[] _open = ["WWW-Authenticate", "Proxy-Authenticate"];

    /// <summary>The beginning of the body as text; null where it is empty, no text, or has more secrets than are looked for.</summary>
    internal static string? Body(HttpResponse response, IReadOnlyCollection<string>? secrets) =>
        secrets is not null && ErrorDocument.Text(response) is { Length: > 0 } text && !text.Contains('\0', StringComparison.Ordinal)
            ? WireFormat.Clean(text, secrets, LongestBody) + (response.Body.Length > LongestBody ? "…" : "")
            : null;

    internal static string? MediaType(HttpResponse response, IReadOnlyCollection<string>? secrets) =>
        secrets is not null && response.MediaType is { } mediaType ? WireFormat.Clean(mediaType, secrets) : null;

    /// <summary>The headers; the value of one that is a credential by its name is masked as a whole.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> Headers(HttpResponse response, IReadOnlyCollection<string>? secrets)
    {
        var shown = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in secrets is null ? [] : response.Headers.Take(MaximumHeaders))
        {
            shown[WireFormat.Clean(name, secrets!)] = [.. values.Take(MaximumValues).Select(value => Value(name, value, secrets!))];
        }

        return shown;
    }

    private static string Value(string name, string value, IReadOnlyCollection<string> secrets) =>
        CredentialValues.IsName(name) && !_open.Contains(name, StringComparer.OrdinalIgnoreCase) ? Secret.Mask
        : WireFormat.Clean(
            _addresses.Contains(name, StringComparer.OrdinalIgnoreCase) ? value.Split('?', '#')[0] : value, secrets, LongestHeader);
}
