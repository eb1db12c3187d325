using System.Collections.ObjectModel;
using System.Text.Json;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>The members of responses that a session keeps by their own names, bounded in number and size.</summary>
internal static class ResponseMembers
{
    private const int Most = 50;
    private const int LongestName = 100;
    private const int LongestValue = 8 * 1024;
    private const int LargestSum = 32 * 1024;

    internal static IReadOnlyDictionary<string, ResponseMember> None => ReadOnlyDictionary<string, ResponseMember>.Empty;

    /// <summary>The members of a JSON object.</summary>
    /// <param name="members">The members.</param>
    /// <param name="isKept">Whether one of this name is kept: what is read for itself is not.</param>
    /// <param name="listed">Names of those that the provider's data say are harmless.</param>
    /// <param name="secrets">What must not show in one that is harmless.</param>
    internal static IReadOnlyDictionary<string, ResponseMember> Of(
        IEnumerable<KeyValuePair<string, JsonElement>> members, Func<string, bool> isKept, IReadOnlyList<string> listed,
        IReadOnlyCollection<string> secrets)
    {
        var kept = new Dictionary<string, ResponseMember>(StringComparer.Ordinal);
        foreach (var (name, value) in members)
        {
            if (isKept(name) && Text(value) is { Length: <= LongestValue } text)
            {
                kept[name] = new ResponseMember(new Secret(text), IsText(name, value, listed) && HarmlessMembers.IsShowable(text, secrets));
            }
        }

        return Bounded(kept);
    }

    /// <summary>Members with newer ones in the place of those of the same name.</summary>
    internal static IReadOnlyDictionary<string, ResponseMember> Merge(
        IReadOnlyDictionary<string, ResponseMember> older, IReadOnlyDictionary<string, ResponseMember> newer) =>
        older.Count == 0 ? newer
        : newer.Count == 0 ? older
        : Bounded(newer.Concat(older.Where(member => !newer.ContainsKey(member.Key))));

    /// <summary>As many as a session keeps, the first of them.</summary>
    internal static IReadOnlyDictionary<string, ResponseMember> Bounded(IEnumerable<KeyValuePair<string, ResponseMember>> members)
    {
        var kept = new Dictionary<string, ResponseMember>(StringComparer.Ordinal);
        var sum = 0;
        foreach (var (name, member) in members)
        {
            var size = name.Length + member.Value.Reveal().Length;
            if (kept.Count < Most && name.Length is > 0 and <= LongestName && sum + size <= LargestSum && TerminalText.IsHarmless(name))
            {
                kept.Add(name, member);
                sum += size;
            }
        }

        return kept.Count == 0 ? None : kept.AsReadOnly();
    }

    private static bool IsText(string name, JsonElement value, IReadOnlyList<string> listed)
    {
        try
        {
            return HarmlessMembers.Contains(name, value, listed);
        }
        catch (InvalidOperationException)
        {
            // Half a character in a name inside of it.
            return false;
        }
    }

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null
                : value.ValueKind == JsonValueKind.String ? value.GetString()
                : value.GetRawText();
        }
        catch (InvalidOperationException)
        {
            // Half a character.
            return null;
        }
    }
}
