using System.Collections;
using System.Management.Automation;
using OAuthPS.Flows.Api;
using OAuthPS.Parameters;
using OAuthPS.Values;
using OAuthPS.Views;

namespace OAuthPS.Calls;

/// <summary>Where the page after this one is.</summary>
internal static class NextPage
{
    /// <summary>By the <c>Link</c> header of a response (RFC 8288 section 3), the relation <c>next</c>.</summary>
    /// <returns>The address, as the server writes it; null where there is none.</returns>
    internal static string? InLinks(ApiResponse response) => response.Headers.TryGetValue("Link", out var values)
        ? values.SelectMany(Links).FirstOrDefault(link => link.IsNext).Target
        : null;

    /// <summary>The address or the parameters that a user's way to the next page gives.</summary>
    /// <param name="way">
    /// A path of properties, a hashtable of the parameters and the paths of their values, or a script that is given the page and the
    /// response's headers.
    /// </param>
    /// <param name="items">What the body of the response was read to.</param>
    /// <param name="response">The response.</param>
    /// <param name="next">An address as text, parameters as a dictionary; null at the end.</param>
    /// <returns>Whether it is one of these that was found.</returns>
    internal static bool TryFind(object way, IReadOnlyList<object?> items, ApiResponse response, out object? next)
    {
        var page = items.Count == 1 ? items[0] : items.ToArray();
        var found = way.Bare() switch
        {
            ScriptBlock script => script.InvokeWithContext(null, [new PSVariable("_", page)], page, HeadersOf(response))
                .LastOrDefault(item => item is not null),
            IDictionary parameters => Values(parameters, page, response),
            var path => ValueAt(page, Dictionaries.Text(path), response),
        };
        next = found.Bare() switch
        {
            null or false or "" => null,
            IDictionary { Count: 0 } => null,
            Uri address => address.OriginalString,
            var other => other,
        };
        return next is null or string or IDictionary;
    }

    /// <summary>An address with some parameters of its query replaced.</summary>
    internal static Uri With(Uri address, IDictionary parameters)
    {
        var whole = address.OriginalString;
        var start = whole.IndexOf('?', StringComparison.Ordinal);
        if (start < 0)
        {
            return FormFields.AddTo(address, parameters);
        }

        var names = parameters.Keys.Cast<object>().Select(Dictionaries.Text).ToHashSet();
        var kept = whole[(start + 1)..].Split('#')[0].Split('&')
            .Where(pair => pair.Length > 0 && !names.Contains(Uri.UnescapeDataString(pair.Split('=')[0].Replace('+', ' '))));
        var query = string.Join('&', kept);
        return FormFields.AddTo(
            new Uri(query.Length == 0 ? whole[..start] : $"{whole[..start]}?{query}", UriKind.RelativeOrAbsolute), parameters);
    }

    private static Hashtable HeadersOf(ApiResponse response) => new(
        response.Headers.ToDictionary(header => header.Key, header => header.Value.ToArray()), StringComparer.OrdinalIgnoreCase);

    // Where one has no value there is no further page; what is neither text nor number is none.
    private static object? Values(IDictionary parameters, object? page, ApiResponse response)
    {
        var result = new Dictionary<string, string>();
        foreach (DictionaryEntry parameter in parameters)
        {
            if (ValueAt(page, Dictionaries.Text(parameter.Value), response) is not { } value || value is "" or false)
            {
                return null;
            }

            if (value is not (IConvertible or IFormattable))
            {
                return value;
            }

            result[Dictionaries.Text(parameter.Key)] = Dictionaries.Text(value);
        }

        return result;
    }

    // A cursor that looks like a date goes back as it came.
    private static object? ValueAt(object? page, string path, ApiResponse response) => At(page, path) is DateTime
        ? At(ApiBody.FromResponse(response, datesAreText: true)[0], path)
        : At(page, path);

    // A property may have a dot in its own name: @odata.nextLink.
    private static object? At(object? value, string path)
    {
        for (var end = path.Length; end > 0 && value is not null; end = path.LastIndexOf('.', end - 1))
        {
            if (Member(value, path[..end]) is { } member)
            {
                return end == path.Length ? member : At(member, path[(end + 1)..]);
            }
        }

        return null;
    }

    private static object? Member(object value, string name) => value.Bare() switch
    {
        IDictionary dictionary => dictionary[name],
        IList => null,
        _ => PSObject.AsPSObject(value).Properties[name]?.Value,
    };

    // <https://api.example.com/things?page=2>; rel="next", <…>; rel="last": a comma may stand in an address.
    private static IEnumerable<(string Target, bool IsNext)> Links(string header)
    {
        var rest = header;
        while (rest.IndexOf('<', StringComparison.Ordinal) is >= 0 and var start
            && rest.IndexOf('>', start) is > 0 and var end)
        {
            var after = rest[(end + 1)..];
            var comma = after.IndexOf(',', StringComparison.Ordinal);
            var next = comma >= 0 && after.IndexOf('<', comma) is >= 0 and var begin ? begin : after.Length;
            yield return (rest[(start + 1)..end], after[..next].Split(';').Any(IsNext));
            rest = after[next..];
        }
    }

    private static bool IsNext(string parameter) =>
        parameter.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value]
        && name.Equals("rel", StringComparison.OrdinalIgnoreCase)
        && value.Trim(',', ' ', '"').Split(' ').Contains("next", StringComparer.OrdinalIgnoreCase);
}
