using System.Collections;
using System.Globalization;

namespace OAuthPS.Parameters;

/// <summary>What a user gives as a hashtable, as the library takes it.</summary>
internal static class Dictionaries
{
    internal static IReadOnlyDictionary<string, string> ToText(IDictionary? dictionary)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        if (dictionary is not null)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                result[Text(entry.Key)] = Text(entry.Value);
            }
        }

        return result;
    }

    /// <summary>The same in every culture; empty for nothing.</summary>
    internal static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
