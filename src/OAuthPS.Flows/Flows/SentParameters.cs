using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Flows;

/// <summary>Which requests of a flow the user's additional parameters go with.</summary>
internal static class SentParameters
{
    // The sign-in has them of itself: who adds one means the requests that have not, as some servers want it.
    private static readonly string[] _ofBoth = [ParameterNames.ClientId, ParameterNames.Scope];

    /// <summary>
    /// Those of token requests: all of them, but where a person signs in only what the provider's data say a token request needs, and what
    /// the sign-in has anyway.
    /// </summary>
    internal static IReadOnlyDictionary<string, string> OfTokenRequests(ConnectRequest request, Flow flow) => flow.SignsInWithParameters
        ? request.AdditionalParameters.Where(one => _ofBoth.Contains(one.Key) || IsNeeded(request.Provider, flow, one.Key)).ToDictionary()
        : request.AdditionalParameters;

    /// <summary>Those of the request with which a person signs in.</summary>
    internal static IReadOnlyDictionary<string, string> OfSignIn(ConnectRequest request, Flow flow) =>
        request.AdditionalParameters.Where(one => !IsNeeded(request.Provider, flow, one.Key)).ToDictionary();

    /// <exception cref="OAuthUsageException">The user has not given a parameter that the flow needs.</exception>
    internal static void Require(ConnectRequest request, Flow flow)
    {
        if (FlowFacts.NeededParametersOf(flow.Name, request.Provider)
            .FirstOrDefault(need => !request.AdditionalParameters.ContainsKey(need.Name)) is { } missing)
        {
            throw Errors.InputNeeded(
                request.Provider.Names, flow.Name.Name, $"the parameter {missing}", OAuthInput.AdditionalParameter);
        }
    }

    // The renewal by a refresh token is a token request of the session too.
    private static bool IsNeeded(OAuthProvider provider, Flow flow, string name) => provider.Grants.Any(format =>
        (format.Flow == flow.Name || format.Flow == OAuthFlow.RefreshToken) && format.Needs.Any(need => need.Name == name));
}
