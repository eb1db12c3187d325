using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Flows;

/// <summary>What a program can say of flows before one runs.</summary>
public static class FlowFacts
{
    /// <summary>The names of all flows.</summary>
    public static IReadOnlyList<OAuthFlow> Names => [.. KnownFlows.All.Select(flow => flow.Name)];

    /// <summary>What a flow cannot start without at a provider.</summary>
    /// <exception cref="OAuthUsageException">There is no such flow.</exception>
    public static IReadOnlyList<FlowNeed> NeedsOf(OAuthFlow flow, OAuthProvider provider) => KnownFlows.Get(flow).Needs(provider);

    /// <summary>The inputs of a usual request for it.</summary>
    /// <exception cref="OAuthUsageException">There is no such flow.</exception>
    public static IReadOnlyList<OAuthInput> UsualInputsOf(OAuthFlow flow, OAuthProvider provider) =>
        KnownFlows.Get(flow).UsualInputs(provider);

    /// <summary>The headers that API calls of a session of it need.</summary>
    /// <exception cref="OAuthUsageException">There is no such flow.</exception>
    public static IReadOnlyList<ApiHeader> ApiHeadersOf(OAuthFlow flow, OAuthProvider provider) =>
        [.. KnownFlows.Get(flow).ApiHeaders(provider)];

    /// <summary>The parameters whose values the user gives, because a provider wants them in a flow.</summary>
    /// <exception cref="OAuthUsageException">There is no such flow.</exception>
    public static IReadOnlyList<NeededParameter> NeededParametersOf(OAuthFlow flow, OAuthProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        var name = KnownFlows.Get(flow).Name;
        return [.. provider.Grants.Where(format => format.Flow == name).SelectMany(format => format.Needs)];
    }

    /// <summary>The flows of a provider with what each needs, as a failure names them. A flow that is not known is left out.</summary>
    internal static IReadOnlyList<OfferedFlow> OfferedBy(OAuthProvider provider) =>
    [
        .. from name in provider.Flows
           let flow = KnownFlows.Find(name)
           where flow is not null
           select new OfferedFlow(name.Name, [.. flow.Needs(provider).Select(need => need.AnyOf)]),
    ];

    /// <summary>Whether a person signs in, who agrees to a scope.</summary>
    /// <exception cref="OAuthUsageException">There is no such flow.</exception>
    public static bool NeedsPerson(OAuthFlow flow) => KnownFlows.Get(flow).NeedsPerson;
}
