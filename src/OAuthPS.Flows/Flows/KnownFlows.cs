using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Flows;

/// <summary>The flows there are. Each file adds its own here, so that a new flow is one new file.</summary>
internal static partial class KnownFlows
{
    // No initializer: the order in which the parts of a class initialize their members is the compiler's.
    private static List<Flow>? _all;

    /// <summary>All of them, in the order in which they rank.</summary>
    internal static IReadOnlyList<Flow> All => _all!;

    /// <summary>The flow of a name; null when there is none.</summary>
    internal static Flow? Find(OAuthFlow? name) => name is null ? null : All.FirstOrDefault(flow => flow.Name == name);

    /// <summary>The flow of a name that was checked before.</summary>
    internal static Flow Get(OAuthFlow name) => Find(name) ?? throw Errors.FlowUnknown(name.Name, All.Select(flow => flow.Name.Name));

    internal static Flow Add(Flow flow)
    {
        var all = new List<Flow>(_all ?? []) { flow };
        all.Sort(static (a, b) => a.Rank.CompareTo(b.Rank));
        _all = all;
        return flow;
    }
}
