using System.Text.Json;

namespace OAuthPS.Flows.Http;

/// <summary>An object of a refusal in which words may stand.</summary>
/// <param name="Object">The object.</param>
/// <param name="Name">The name by which it, or the list that it is an item of, was reached; empty for the root's.</param>
/// <param name="IsItem">Whether it stands in a list.</param>
internal sealed record ErrorPlace(JsonElement Object, string Name, bool IsItem)
{
    /// <summary>The number of items of a list that are read.</summary>
    internal const int MaximumItems = 5;

    private const int MaximumDepth = 8;
    private const int MaximumObjects = 100;
    private const int LongestName = 40;

    // What a server calls a refusal, or a list of what is wrong.
    private static readonly HashSet<string> _errors =
    [
        "error", "errors", "fault", "exception", "odataerror", "errorcauses", "errordetails", "detail", "details", "violations",
        "invalidparams", "errorlist",
    ];

    private Dictionary<string, JsonElement> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it is called an error, or is an item of a list that is one whole refusal.</summary>
    internal bool IsError =>
        IsItem ? Name.Length == 0 || _errors.Contains(Name) : Name is "error" or "fault" or "exception" or "odataerror";

    /// <summary>The objects, the outer ones first.</summary>
    internal static List<ErrorPlace> In(JsonElement root, IReadOnlySet<string> known)
    {
        var places = new List<ErrorPlace>();
        var open = new Queue<(JsonElement Value, string Name, bool IsItem, int Depth)>();
        open.Enqueue((root, "", false, 0));
        while (places.Count < MaximumObjects && open.TryDequeue(out var next))
        {
            var (value, name, isItem, depth) = next;
            if (value.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in value.EnumerateArray().Take(depth < MaximumDepth ? MaximumItems : 0))
                {
                    open.Enqueue((item, name, true, depth + 1));
                }
            }
            else if (value.ValueKind == JsonValueKind.Object)
            {
                var place = new ErrorPlace(value, name, isItem);
                places.Add(place);
                foreach (var (inner, nested) in place.Read(known).Take(depth < MaximumDepth ? MaximumObjects : 0))
                {
                    open.Enqueue((nested, inner, isItem, depth + 1));
                }
            }
        }

        return places;
    }

    /// <summary>The text of a member; null where it is none.</summary>
    internal string? Text(string name) => Members.TryGetValue(name, out var value) ? TextOf(value) : null;

    internal JsonElement? Member(string name) => Members.TryGetValue(name, out var value) ? value : null;

    /// <summary>A text, or a list of nothing but texts, or one that says its language.</summary>
    internal static string? TextOf(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
                string.Join("; ", value.EnumerateArray().Take(MaximumItems).Select(item => item.GetString())),
            JsonValueKind.Object => value.EnumerateObject()
                .Where(member => member.Name is "value" or "Value" or "text" or "Text" && member.Value.ValueKind == JsonValueKind.String)
                .Select(member => member.Value.GetString()).FirstOrDefault(),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    // Without its case and signs.
    private static string Plain(string name) =>
        name.Length > LongestName ? "" : string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    // Takes what is known by its name, and gives what may have more in it.
    private List<(string Name, JsonElement Value)> Read(IReadOnlySet<string> known)
    {
        List<(string, JsonElement)> nested = [];
        foreach (var member in Object.EnumerateObject())
        {
            var name = Plain(member.Name);
            if (known.Contains(name))
            {
                // Of one that comes twice the last, as JSON parsers have it.
                Members[name] = member.Value;
            }

            if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                nested.Add((name, member.Value));
            }
        }

        return nested;
    }
}
