using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using OAuthPS.Flows.Api;
using OAuthPS.Parameters;
using OAuthPS.Values;

namespace OAuthPS.Calls;

/// <summary>A hashtable as the fields of a form, of a query, or of a form of several parts.</summary>
internal static class FormFields
{
    /// <summary>The fields; one that has fields of its own, which a form cannot have, ends the cmdlet.</summary>
    internal static IDictionary RequireFlat(IDictionary fields, OAuthCmdlet cmdlet) =>
        Items(fields).FirstOrDefault(field => field.Value is IDictionary or PSCustomObject) is { Name: { } name }
            ? throw cmdlet.Refuse(ErrorRecords.FieldNotFlat(name))
            : fields;

    /// <summary>Form-encoded (URL Standard, section 5.2). A value that is a list is sent once for each of its items.</summary>
    internal static string Encode(IDictionary fields) => string.Join(
        '&', Items(fields).Select(field => $"{WebUtility.UrlEncode(field.Name)}={WebUtility.UrlEncode(Text(field.Value))}"));

    /// <summary>An address with the fields at the end of its query.</summary>
    internal static Uri AddTo(Uri address, IDictionary fields)
    {
        var whole = address.OriginalString;
        var end = whole.IndexOf('#', StringComparison.Ordinal) is >= 0 and var fragment ? fragment : whole.Length;
        var query = string.Join(
            '&', Items(fields).Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(Text(field.Value))}"));
        var joint = query.Length == 0 ? "" : whole.AsSpan(0, end).Contains('?') ? "&" : "?";
        return new Uri($"{whole.AsSpan(0, end)}{joint}{query}", UriKind.RelativeOrAbsolute);
    }

    /// <summary>The parts of a form: a file for a file, text for anything else, and one for each item of a list.</summary>
    internal static IEnumerable<ApiFormPart> Parts(IDictionary fields) => Items(fields).Select(field => field.Value is FileInfo file
        ? ApiFormPart.FromFile(field.Name, file.FullName)
        : ApiFormPart.FromText(field.Name, Text(field.Value)));

    private static IEnumerable<(string Name, object? Value)> Items(IDictionary fields)
    {
        foreach (DictionaryEntry field in fields)
        {
            var name = Text(field.Key);
            if (field.Value.Bare() is IEnumerable list and not string and not IDictionary)
            {
                foreach (var item in list)
                {
                    yield return (name, item.Bare());
                }
            }
            else
            {
                yield return (name, field.Value.Bare());
            }
        }
    }

    // The same in every culture: a date as ISO 8601 writes it.
    private static string Text(object? value) => value switch
    {
        null => "",
        DateTime moment => moment.ToString("o", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToString("o", CultureInfo.InvariantCulture),
        _ => Dictionaries.Text(value),
    };
}
