using System.Collections;
using System.Globalization;
using System.Management.Automation;
using OAuthPS.Flows.Api;

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
    /// <param name="page">The body of the response.</param>
    /// <param name="response">The response.</param>
    /// <returns>An address as text, parameters as a dictionary; null at the end.</returns>
    internal static object? By(object way, object? page, ApiResponse response)
    {
        var found = (way is PSObject wrapped ? wrapped.BaseObject : way) switch
        {
            ScriptBlock script => script.InvokeWithContext(null, [new PSVariable("_", page)], page, HeadersOf(response))
                .LastOrDefault(item => item is not null),
            IDictionary parameters => Values(parameters, page),
            var path => At(page, Convert.ToString(path, CultureInfo.InvariantCulture) ?? ""),
        };
        return (found is PSObject bare ? bare.BaseObject : found) switch
        {
            null or false or "" => null,
            IDictionary parameters => parameters.Count == 0 ? null : parameters,
            Uri address => address.OriginalString,
            var text => Convert.ToString(text, CultureInfo.InvariantCulture),
        };
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

        var names = parameters.Keys.Cast<object>().Select(name => Convert.ToString(name, CultureInfo.InvariantCulture)).ToHashSet();
        var kept = whole[(start + 1)..].Split('#')[0].Split('&')
            .Where(pair => pair.Length > 0 && !names.Contains(Uri.UnescapeDataString(pair.Split('=')[0].Replace('+', ' '))));
        var query = string.Join('&', kept);
        return FormFields.AddTo(
            new Uri(query.Length == 0 ? whole[..start] : $"{whole[..start]}?{query}", UriKind.RelativeOrAbsolute), parameters);
    }

    /// <summary>What stands at a path of properties; a property may have a dot in its own name.</summary>
    internal static object? At(object? value, string path)
    {
        if (path.Length == 0 || value is null)
        {
            return path.Length == 0 ? value : null;
        }

        for (var end = path.Length; end > 0; end = path.LastIndexOf('.', end - 1))
        {
            if (Member(value, path[..end]) is { } member)
            {
                return At(member, end == path.Length ? "" : path[(end + 1)..]);
            }
        }

        return null;
    }

    private static Hashtable HeadersOf(ApiResponse response) => new(
        response.Headers.ToDictionary(header => header.Key, header => header.Value.ToArray()), StringComparer.OrdinalIgnoreCase);

    // Where one has no value there is no further page.
    private static Dictionary<string, object>? Values(IDictionary parameters, object? page)
    {
        var result = new Dictionary<string, object>();
        foreach (DictionaryEntry parameter in parameters)
        {
            var path = Convert.ToString(parameter.Value, CultureInfo.InvariantCulture) ?? "";
            if (At(page, path) is not { } value || value is "" or false)
            {
                return null;
            }

            result[Convert.ToString(parameter.Key, CultureInfo.InvariantCulture)!] = value;
        }

        return result;
    }

    private static object? Member(object value, string name)
    {
        var member = (value is PSObject wrapped ? wrapped.BaseObject : value) is IDictionary dictionary
            ? dictionary[name]
            : PSObject.AsPSObject(value).Properties[name]?.Value;
        return member is PSObject inner && inner.BaseObject is not PSCustomObject ? inner.BaseObject : member;
    }

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
