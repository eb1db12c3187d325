using OAuthPS.Flows;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Advice;

/// <summary>What a flow needs from the user at a provider, as parameters.</summary>
internal static class FlowNeeds
{
    /// <summary>The flow and its parameters, such as <c>Password (-Credential)</c>.</summary>
    internal static string Describe(OAuthProvider provider, OAuthFlow flow) =>
        Describe(new OfferedFlow(flow.Name, [.. FlowFacts.NeedsOf(flow, provider).Select(need => need.AnyOf)]));

    /// <inheritdoc cref="Describe(OAuthProvider, OAuthFlow)"/>
    internal static string Describe(OfferedFlow flow) =>
        $"{flow.Name} ({string.Join(" and ", flow.Needs.Select(anyOf => string.Join(" or ", anyOf.Select(InputParameters.Of))))})";
}
