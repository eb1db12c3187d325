using System.Collections.Specialized;
using System.Management.Automation;
using System.Text.Json;

namespace OAuthPS.Views;

/// <summary>
/// JSON as PowerShell objects. PowerShell's own ConvertFrom-Json makes dates of texts that look like some, and what is signed is to
/// be seen as it is.
/// </summary>
internal static class JsonBag
{
    // PSObject keeps them for itself.
    private static readonly string[] _reserved = ["psobject", "psbase", "psadapted", "psextended", "pstypenames"];

    /// <param name="members">A JSON object.</param>
    /// <param name="moments">Says of a member's name which date it is; null for none.</param>
    /// <returns>An object with a property for each member; a dictionary where names cannot be properties.</returns>
    internal static object From(JsonElement members, Func<string, DateTimeOffset?>? moments = null)
    {
        var values = members.EnumerateObject()
            .Select(member => (member.Name, Value: (object?)moments?.Invoke(member.Name) ?? Value(member.Value))).ToList();

        return From(values);
    }

    /// <param name="values">Names and values.</param>
    /// <returns>The same as properties, or as a dictionary.</returns>
    internal static object From(IReadOnlyCollection<(string Name, object? Value)> values)
    {
        // A property cannot have an empty name, nor two differ in their case only; a dictionary's keys can.
        var areProperties = values.All(item => item.Name.Length > 0 && !_reserved.Contains(item.Name, StringComparer.OrdinalIgnoreCase))
            && values.DistinctBy(item => item.Name, StringComparer.OrdinalIgnoreCase).Count() == values.Count;
        if (!areProperties)
        {
            var dictionary = new OrderedDictionary(StringComparer.Ordinal);
            foreach (var (name, value) in values)
            {
                dictionary[name] = value;
            }

            return dictionary;
        }

        var bag = new PSObject();
        foreach (var (name, value) in values)
        {
            bag.Properties.Add(new PSNoteProperty(name, value));
        }

        return bag;
    }

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => From(value),
        JsonValueKind.Array => value.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.TryGetDecimal(out var exact) ? exact : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
