using System.Text.Json;

namespace OAuthPS.Flows.Protocol;

/// <summary>A JWS in compact form (RFC 7515 section 7.1), read and not verified.</summary>
internal sealed class JsonWebSignature
{
    private JsonWebSignature(JsonElement header, JsonElement claims)
    {
        Header = header;
        Claims = claims;
    }

    internal JsonElement Header { get; }

    internal JsonElement Claims { get; }

    internal string? Algorithm => Text(Header, "alg");

    internal string? KeyId => Text(Header, "kid");

    /// <returns>The parts, or null when the text is not a JWS of JSON objects.</returns>
    internal static JsonWebSignature? TryRead(string jwt)
    {
        var parts = jwt.Split('.');
        return parts.Length == 3 && TryReadObject(parts[0]) is { } header && TryReadObject(parts[1]) is { } claims ? new JsonWebSignature(header, claims) : null;
    }

    internal static string? Text(JsonElement element, string name)
    {
        try
        {
            return element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a character.
            return null;
        }
    }

    private static JsonElement? TryReadObject(string part)
    {
        try
        {
            using var document = JsonDocument.Parse(Base64Url.Decode(part));
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception failure) when (failure is FormatException or JsonException)
        {
            return null;
        }
    }
}
