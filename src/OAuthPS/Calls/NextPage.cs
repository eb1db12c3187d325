using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using OAuthPS.Flows.Api;

namespace OAuthPS.Calls;

/// <summary>Where the page after this one is.</summary>
internal static class NextPage
{
    private static readonly JsonDocumentOptions _lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 1024,
    };

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
    /// <param name="next">An address as text, parameters as a dictionary; null at the end.</param>
    /// <returns>Whether it is one of these that was found.</returns>
    internal static bool TryFind(object way, object? page, ApiResponse response, out object? next)
    {
        var found = (way is PSObject wrapped ? wrapped.BaseObject : way) switch
        {
            ScriptBlock script => script.InvokeWithContext(null, [new PSVariable("_", page)], page, HeadersOf(response))
                .LastOrDefault(item => item is not null),
            IDictionary parameters => Values(parameters, response),
            var path => ValueAt(response, Text(path)),
        };
        next = (found is PSObject bare ? bare.BaseObject : found) switch
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

        var names = parameters.Keys.Cast<object>().Select(name => Convert.ToString(name, CultureInfo.InvariantCulture)).ToHashSet();
        var kept = whole[(start + 1)..].Split('#')[0].Split('&')
            .Where(pair => pair.Length > 0 && !names.Contains(Uri.UnescapeDataString(pair.Split('=')[0].Replace('+', ' '))));
        var query = string.Join('&', kept);
        return FormFields.AddTo(
            new Uri(query.Length == 0 ? whole[..start] : $"{whole[..start]}?{query}", UriKind.RelativeOrAbsolute), parameters);
    }

    private static Hashtable HeadersOf(ApiResponse response) => new(
        response.Headers.ToDictionary(header => header.Key, header => header.Value.ToArray()), StringComparer.OrdinalIgnoreCase);

    // Where one has no value there is no further page.
    private static Dictionary<string, string>? Values(IDictionary parameters, ApiResponse response)
    {
        var result = new Dictionary<string, string>();
        foreach (DictionaryEntry parameter in parameters)
        {
            if (ValueAt(response, Text(parameter.Value)) is not { } value || value is "" or false)
            {
                return null;
            }

            result[Text(parameter.Key)] = Text(value);
        }

        return result;
    }

    // As it stands in the JSON: an object of PowerShell has a date where a cursor looks like one.
    private static object? ValueAt(ApiResponse response, string path)
    {
        if (!response.TryReadJson(json => JsonDocument.Parse(json, _lenient), out var document))
        {
            return null;
        }

        using (document)
        {
            return At(document.RootElement, path) switch
            {
                { ValueKind: JsonValueKind.String } text => text.GetString(),
                { ValueKind: JsonValueKind.Null or JsonValueKind.False } => null,
                { } other => new JsonValue(other.GetRawText()),
                null => null,
            };
        }
    }

    // A property may have a dot in its own name: @odata.nextLink.
    private static JsonElement? At(JsonElement value, string path)
    {
        if (path.Length == 0 || value.ValueKind != JsonValueKind.Object)
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

    // By its very name, else in whatever case, as everything in PowerShell.
    private static JsonElement? Member(JsonElement value, string name)
    {
        if (value.TryGetProperty(name, out var exact))
        {
            return exact;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

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

    /// <summary>What is no text, as it is written: a number is the value of a parameter, and no address.</summary>
    private sealed record JsonValue(string Written)
    {
        public override string ToString() => Written;
    }
}
