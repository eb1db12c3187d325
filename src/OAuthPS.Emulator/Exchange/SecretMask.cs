using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OAuthPS.Emulator;

/// <summary>
/// Makes a request or an answer fit to show. What cannot be read for certain is not shown at all: a malformed
/// request may carry its secrets anywhere.
/// </summary>
internal static partial class SecretMask
{
    public const string Mask = "***";

    // Larger bodies are somebody testing limits; nobody reads them.
    private const int MostShown = 64 * 1024;

    private static readonly JsonWriterOptions _readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A query or a form.</summary>
    public static string Pairs(string encoded) => string.Join('&', encoded.TrimStart('?').Split('&').Select(Pair));

    /// <summary>A path, cut where a form was glued to it.</summary>
    public static string Path(string path)
        => SecretNames.FirstIn(path) is >= 0 and var start ? path[..Math.Min(start, path.Length)] + Mask : path;

    public static string Body(string? contentType, ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return "";
        }

        var hidden = $"({body.Length} bytes)";
        if (body.Length > MostShown)
        {
            return hidden;
        }

        return MediaType.Of(contentType) switch
        {
            MediaType.Form => Pairs(Encoding.UTF8.GetString(body)),
            MediaType.Json => Json(body.ToArray()) ?? hidden,
            _ => hidden,
        };
    }

    public static Dictionary<string, string> Headers(IHeaderDictionary headers)
        => headers.ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value.Select(value => Header(header.Key, value ?? ""))));

    public static string Header(string name, string value)
    {
        if (name.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Proxy-Authorization", StringComparison.OrdinalIgnoreCase))
        {
            return KnownScheme().Match(value) is { Success: true } scheme ? scheme.Value + " " + Mask : Mask;
        }

        if (SecretNames.Contain(name) || name.EndsWith("Cookie", StringComparison.OrdinalIgnoreCase))
        {
            return Mask;
        }

        if (name.Equals("Location", StringComparison.OrdinalIgnoreCase) || name.Equals("Referer", StringComparison.OrdinalIgnoreCase))
        {
            return Url(value);
        }

        return Value(value);
    }

    // Both the query and the fragment: an implicit answer carries its token in the latter.
    private static string Url(string url)
    {
        var parts = QueryOrFragment().Split(url);
        return string.Concat(parts.Select((part, index) => index == 0 ? Path(part) : part is "?" or "#" ? part : Pairs(part)));
    }

    private static string Pair(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? pair : pair[..equals];
        // Not a name but, say, JSON that was labelled as a form.
        if (!PlainName().IsMatch(name))
        {
            return Mask;
        }

        return equals < 0 ? pair : name + "=" + (SecretNames.Contain(name) ? Mask : Value(pair[(equals + 1)..]));
    }

    // A server may have any name for its tokens; the emulator's own are known by their mark.
    private static string Value(string value)
        => SecretNames.FirstIn(value) >= 0 || value.Contains(SecretText.Mark, StringComparison.Ordinal) ? Mask : value;

    private static string? Json(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            using var shown = new MemoryStream();
            using (var writer = new Utf8JsonWriter(shown, _readable))
            {
                Write(document.RootElement, writer);
            }

            return Encoding.UTF8.GetString(shown.ToArray());
        }
        // The latter: an escaped half of a surrogate pair, which is JSON but no text.
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    writer.WritePropertyName(Value(property.Name));
                    if (SecretNames.Contain(property.Name) && property.Value.ValueKind != JsonValueKind.Null)
                    {
                        writer.WriteStringValue(Mask);
                    }
                    else
                    {
                        Write(property.Value, writer);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Value(element.GetString() ?? ""));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    [GeneratedRegex("^(Basic|Bearer|DPoP|Digest|Negotiate)(?= )", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KnownScheme();

    [GeneratedRegex("([?#])")]
    private static partial Regex QueryOrFragment();

    [GeneratedRegex(@"^[A-Za-z0-9_.\-\[\]%+]{0,64}$")]
    private static partial Regex PlainName();
}
