using System.Collections.Specialized;
using System.Management.Automation;
using System.Reflection;

namespace OAuthPS.Values;

/// <summary>The members of the JSON objects that are being read, the innermost last, and the objects that are made of them.</summary>
internal sealed class JsonMembers
{
    private const int FirstSize = 64;
    private const int LargestPrepared = 64;

    // PowerShell 7 has it, and the reference assembly does not. Without it an object gets a table beside it for its properties.
    private static readonly ConstructorInvoker? _withCapacity =
        typeof(PSObject).GetConstructor([typeof(int)]) is { } constructor ? ConstructorInvoker.Create(constructor) : null;

    private static readonly object[] _capacities = [.. Enumerable.Range(0, LargestPrepared + 1).Cast<object>()];

    private Member[] _members = new Member[FirstSize];
    private int _objects;

    internal int Count { get; private set; }

    internal void Add(JsonName name, object? value)
    {
        if (Count == _members.Length)
        {
            Array.Resize(ref _members, Count * 2);
        }

        _members[Count++] = new Member(name, value);
    }

    /// <summary>
    /// Makes an object of the members from <paramref name="start"/> on. Of two with one name the last one counts, in its place.
    /// </summary>
    internal object TakeObject(int start)
    {
        var members = _members.AsSpan(start, Count - start);
        var isObject = Merge(members);
        object made = isObject ? ToObject(members) : ToDictionary(members);
        members.Clear();
        Count = start;
        return made;
    }

    // False where a PSCustomObject cannot have all of the names.
    private bool Merge(Span<Member> members)
    {
        _objects++;
        var isObject = true;
        for (var at = 0; at < members.Length; at++)
        {
            var name = members[at].Name!;
            var first = name.First;
            isObject &= name.IsOfProperty;
            if (first.Object != _objects)
            {
                (first.Object, first.Index) = (_objects, at);
            }
            else if (members[first.Index].Name == name)
            {
                members[first.Index] = default;
                first.Index = at;
            }
            else
            {
                isObject = false;
            }
        }

        return isObject;
    }

    private static PSObject ToObject(ReadOnlySpan<Member> members)
    {
        var made = _withCapacity is null ? new PSObject() : (PSObject)_withCapacity.Invoke(
            members.Length <= LargestPrepared ? _capacities[members.Length] : members.Length);
        var properties = made.Properties;
        foreach (var (name, value) in members)
        {
            if (name is not null)
            {
                properties.Add(new PSNoteProperty(name.Text, value), preValidated: true);
            }
        }

        return made;
    }

    private static OrderedDictionary ToDictionary(ReadOnlySpan<Member> members)
    {
        var made = new OrderedDictionary(members.Length);
        foreach (var (name, value) in members)
        {
            if (name is not null)
            {
                made[name.Text] = value;
            }
        }

        return made;
    }

    private readonly record struct Member(JsonName? Name, object? Value);
}
