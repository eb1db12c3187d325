using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Advice;

/// <summary>What a flow needs from the user at a provider, as parameters.</summary>
internal static class FlowNeeds
{
    /// <summary>The flow and its parameters, such as <c>Password (-Credential)</c>.</summary>
    internal static string Describe(OAuthProvider provider, OAuthFlow flow) => $"{flow} ({string.Join(" and ", FlowFacts.NeedsOf(flow, provider).Select(Parameters))})";

    private static string Parameters(FlowNeed need) => string.Join(" or ", need.AnyOf.Select(InputParameters.Of));
}
