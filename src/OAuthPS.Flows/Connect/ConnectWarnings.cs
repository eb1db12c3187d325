using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Connect;

/// <summary>What a user should know about what they chose, said once, when they connect.</summary>
internal static class ConnectWarnings
{
    internal static void Give(ConnectPlan plan, IFlowLog log)
    {
        var provider = plan.Server.Provider;
        if (plan.Server.Client is { Method: ClientAuthenticationMethod.Query })
        {
            log.Warning("The client secret travels in the URL, where proxies and servers log it. Use -ClientAuthentication Basic instead.");
        }

        if (plan.Flow.Warning is { } advisedAgainst)
        {
            var others = provider.Flows.Where(other => other != plan.Flow.Name && other != OAuthFlow.RefreshToken);
            log.Warning($"{advisedAgainst} {provider.DisplayName} also offers {string.Join(", ", others)}.");
        }

        if (plan.Request.Scope.Count > 0 && !provider.SendsScope)
        {
            log.Warning($"{provider.DisplayName} ignores the scope; it is not sent.");
        }

        foreach (var header in plan.Flow.ApiHeaders(provider).Where(header => !plan.Headers.ContainsKey(header.Name)))
        {
            log.Warning($"API calls of {provider.DisplayName} need the header {header.Name} ({header.Meaning}).");
        }
    }
}
