using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>
/// The fields that <c>$fields</c> asks for, such as <c>next,data(id,name(firstName))</c>; a star is for all of an object's own.
/// </summary>
internal sealed class SpaceFields
{
    // An object has few fields and few levels; the rest is somebody's mistake.
    private const int Deepest = 16;

    private readonly Dictionary<string, SpaceFields?> _fields = [];

    private bool _all;

    /// <summary>Reads the parameter; null when it is malformed. What is not sent asks for everything.</summary>
    public static SpaceFields? Parse(string? text)
    {
        var rest = (text ?? "*").AsSpan();
        return Read(ref rest, depth: 0) is { } fields && rest.IsEmpty ? fields : null;
    }

    /// <summary>The part of a value that is asked for.</summary>
    public JsonNode? Of(JsonNode? value) => value switch
    {
        JsonArray items => new JsonArray([.. items.Select(Of)]),
        JsonObject members => new JsonObject(members.Where(IsAskedFor).Select(member => KeyValuePair.Create(member.Key, Part(member)))),
        _ => value?.DeepClone(),
    };

    private static SpaceFields? Read(ref ReadOnlySpan<char> rest, int depth)
    {
        var fields = new SpaceFields();
        do
        {
            var end = rest.IndexOfAny(",()");
            var name = (end < 0 ? rest : rest[..end]).Trim().ToString();
            rest = end < 0 ? [] : rest[end..];
            if (name.Length == 0 || depth == Deepest || !fields.Add(name, ref rest, depth))
            {
                return null;
            }
        }
        while (Take(ref rest, ','));
        return fields;
    }

    private bool Add(string name, ref ReadOnlySpan<char> rest, int depth)
    {
        SpaceFields? inner = null;
        if (Take(ref rest, '('))
        {
            inner = Read(ref rest, depth + 1);
            if (inner is null || !Take(ref rest, ')'))
            {
                return false;
            }
        }

        _all |= name == "*";
        _fields[name] = inner;
        return true;
    }

    private static bool Take(ref ReadOnlySpan<char> rest, char expected)
    {
        if (rest.IsEmpty || rest[0] != expected)
        {
            return false;
        }

        rest = rest[1..];
        return true;
    }

    private bool IsAskedFor(KeyValuePair<string, JsonNode?> member) => _all || _fields.ContainsKey(member.Key);

    private JsonNode? Part(KeyValuePair<string, JsonNode?> member)
        => _fields.GetValueOrDefault(member.Key) is { } inner ? inner.Of(member.Value) : member.Value?.DeepClone();
}
