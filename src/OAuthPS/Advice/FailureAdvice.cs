using OAuthPS.Flows;

namespace OAuthPS.Advice;

/// <summary>What to do about a failure of the library, in the words of the cmdlets.</summary>
internal static class FailureAdvice
{
    /// <returns>The advice; null where the library's own words name nothing that is the module's.</returns>
    internal static string? Of(OAuthException failure) => failure switch
    {
        OAuthUsageException { Inputs.Count: > 0, Provider: not null } usage when failure.Id == OAuthErrorId.MissingParameter =>
            $"Give it with {string.Join(", or with ", usage.Inputs.Where(input => usage.Inputs.Count == 1 || input != OAuthInput.ClientId || usage.Inputs[0] != OAuthInput.ClientSecret).Select(InputParameters.WithOthers))}.",
        OAuthUsageException { Provider: { } provider } when failure.Id == OAuthErrorId.MissingParameter =>
            $"Give the credentials of one of its flows: {string.Join("; ", provider.Flows.Select(flow => FlowNeeds.Describe(provider, flow)))}."
                + (provider.VendorCredential is null ? "" : " -UseVendorCredential takes the one that its own client keeps."),
        OAuthUsageException { Inputs: [var input], Provider: { } provider } when failure.Id == OAuthErrorId.ParameterNotUsed =>
            $"Leave out {InputParameters.Of(input)}, or choose another flow: {string.Join("; ", provider.Flows.Select(flow => FlowNeeds.Describe(provider, flow)))}.",
        OAuthUsageException { Provider: { } provider } when failure.Id == OAuthErrorId.ServiceUrlNeeded =>
            $"Give yours with -ServiceUrl, such as {CommandText.Quote(provider.ServiceUrlExample ?? "https://api.example.com")}.",
        _ => null,
    };
}
