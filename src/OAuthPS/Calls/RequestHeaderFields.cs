using System.Collections;
using OAuthPS.Parameters;
using OAuthPS.Values;

namespace OAuthPS.Calls;

/// <summary>What a user gives as headers, as the library takes them.</summary>
internal static class RequestHeaderFields
{
    private const string ContentTypeName = "Content-Type";

    /// <summary>The headers, without the media type of the body. One without a value is left out.</summary>
    internal static IReadOnlyDictionary<string, string> Of(IDictionary? headers, string? userAgent)
    {
        var result = Entries(headers)
            .Where(entry => entry.Value is not null && !entry.Name.Equals(ContentTypeName, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(entry => entry.Name, entry => Text(entry.Value), StringComparer.Ordinal);
        if (userAgent is not null)
        {
            result["User-Agent"] = userAgent;
        }

        return result;
    }

    /// <summary>The media type of the body that stands among the headers; null where none does.</summary>
    internal static string? ContentType(IDictionary? headers) => Entries(headers)
        .Where(entry => entry.Name.Equals(ContentTypeName, StringComparison.OrdinalIgnoreCase) && entry.Value is not null)
        .Select(entry => Text(entry.Value))
        .FirstOrDefault();

    private static IEnumerable<(string Name, object? Value)> Entries(IDictionary? headers)
    {
        foreach (DictionaryEntry entry in headers ?? new Hashtable())
        {
            yield return (Text(entry.Key), entry.Value.Bare());
        }
    }

    // RFC 9110 section 5.3: a list is one header, its items separated by commas.
    private static string Text(object? value) => value is IEnumerable list and not string
        ? string.Join(", ", list.Cast<object?>().Select(Text))
        : Dictionaries.Text(value.Bare());
}
