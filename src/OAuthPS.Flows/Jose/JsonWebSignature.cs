using System.Text.Json;

namespace OAuthPS.Flows.Jose;

/// <summary>A JWS in compact form (RFC 7515 section 7.1), read and not verified.</summary>
internal sealed class JsonWebSignature
{
    private const int MaximumLength = 1024 * 1024;
    private const int PartsOfJwe = 5;

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
    internal static JsonWebSignature? TryRead(string jwt) => TryRead(jwt, out _);

    /// <param name="jwt">The text.</param>
    /// <param name="flaw">What keeps it from being one, for a sentence.</param>
    /// <returns>The parts, or null when the text is not a JWS of JSON objects.</returns>
    internal static JsonWebSignature? TryRead(string jwt, out string? flaw)
    {
        flaw = null;
        if (jwt.Length > MaximumLength)
        {
            flaw = "is longer than a mebibyte";
            return null;
        }

        var parts = jwt.Split('.', PartsOfJwe + 1);
        if (parts.Length != 3)
        {
            flaw = parts.Length == PartsOfJwe ? "is encrypted (a JWE, RFC 7516), and only whom it is for can read it" : "is not a JWT";
            return null;
        }

        // Without a header of JSON it is some other text with two dots in it.
        return TryReadObject(parts[0], "header", out flaw) is not { } header
            || TryReadObject(parts[1], "payload", out flaw) is not { } claims
            ? null
            : IsBase64Url(parts[2]) ? new JsonWebSignature(header, claims)
            : Flawed("has a signature that is not base64url", out flaw);
    }

    internal static string? Text(JsonElement element, string name)
    {
        try
        {
            return element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a character, in the value or in another member's name.
            return null;
        }
    }

    private static JsonElement? TryReadObject(string part, string name, out string? flaw)
    {
        flaw = null;
        try
        {
            using var document = JsonDocument.Parse(Base64Url.Decode(part));
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                flaw = JsonShape.Flaw(document.RootElement) is { } found ? $"has a {name} that {found}" : null;
                return flaw is null ? document.RootElement.Clone() : null;
            }
        }
        catch (Exception failure) when (failure is FormatException or JsonException)
        {
            // Said below.
        }

        flaw = $"has a {name} that is not a JSON object";
        return null;
    }

    private static bool IsBase64Url(string part)
    {
        try
        {
            _ = Base64Url.Decode(part);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static JsonWebSignature? Flawed(string words, out string? flaw)
    {
        flaw = words;
        return null;
    }
}
