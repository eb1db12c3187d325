using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace OAuthPS.Emulator;

/// <summary>
/// The parameters of a query or a form. Read by hand because ASP.NET Core's collections ignore the case of a name,
/// which OAuth does not (RFC 6749 section 1.8).
/// </summary>
internal sealed class RequestParameters
{
    private readonly List<(string Name, string Value, string Encoded)> _pairs = [];

    private RequestParameters(string? encoded)
    {
        foreach (var pair in new QueryStringEnumerable(encoded))
        {
            _pairs.Add((pair.DecodeName().ToString(), pair.DecodeValue().ToString(), pair.EncodedValue.ToString()));
        }
    }

    public static RequestParameters FromQuery(HttpContext context) => new(context.Request.QueryString.Value);

    /// <summary>The form that was posted; null when the content type says that it is no form.</summary>
    public static RequestParameters? FromForm(HttpContext context)
        => MediaType.Of(context.Request.ContentType) == MediaType.Form
            ? new(Encoding.UTF8.GetString(ReceivedBody.Of(context).Span))
            : null;

    /// <summary>The form or the flat JSON object that was posted; null when it is neither.</summary>
    public static RequestParameters? FromBody(HttpContext context)
        => MediaType.Of(context.Request.ContentType) == MediaType.Json ? FromJson(ReceivedBody.Of(context)) : FromForm(context);

    /// <summary>The value of a parameter; one without a value counts as omitted (RFC 6749 sections 3.1 and 3.2).</summary>
    public string? this[string name] => _pairs.Find(pair => pair.Name == name).Value is { Length: > 0 } value ? value : null;

    /// <summary>The value exactly as it was encoded, to be sent back byte for byte.</summary>
    public string? Encoded(string name) => _pairs.Find(pair => pair.Name == name).Encoded is { Length: > 0 } value ? value : null;

    /// <summary>The first parameter that is included more than once, if there is one.</summary>
    public string? Doubled => _pairs.CountBy(pair => pair.Name).FirstOrDefault(count => count.Value > 1).Key;

    private static RequestParameters? FromJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var pairs = document.RootElement.EnumerateObject()
                .Select(member => $"{Uri.EscapeDataString(member.Name)}={Uri.EscapeDataString(member.Value.ToString())}");
            return new(string.Join('&', pairs));
        }
        // The latter: no object, or an escaped half of a surrogate pair, which is JSON but no text.
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The first of the named parameters that is missing, if one is.</summary>
    public string? FirstMissing(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (this[name] is null)
            {
                return name;
            }
        }

        return null;
    }
}
