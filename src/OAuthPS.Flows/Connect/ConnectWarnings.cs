using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Connect;

/// <summary>What a user should know about what they chose, said once, when they connect.</summary>
internal static class ConnectWarnings
{
    internal static void Give(ConnectPlan plan, IFlowLog log)
    {
        var provider = plan.Server.Provider;
        if (provider.UserFile is { } file)
        {
            log.Warning(Notices.ServiceReplaced(provider.Names, file));
        }

        if (plan.Server.Client is { Authenticator: { } way } && way.IsSecretInUrl(provider))
        {
            log.Warning(Notices.SecretInUrl(provider.Names));
        }

        if (!provider.Flows.Contains(plan.Flow.Name))
        {
            log.Warning(Notices.FlowNotListed(provider.Names, plan.Flow.Name.Name));
        }

        if (plan.Flow.Warning is { } advisedAgainst)
        {
            var others = provider.Flows.Where(other => other != plan.Flow.Name && other != OAuthFlow.RefreshToken);
            log.Warning(Notices.FlowAdvisedAgainst(provider.Names, advisedAgainst, others.Select(other => other.Name)));
        }

        if (plan.Request.Scope.Count > 0 && !provider.SendsScope)
        {
            log.Warning(Notices.ScopeNotSent(provider.Names));
        }

        foreach (var header in plan.Flow.ApiHeaders(provider).Where(header => !plan.Headers.ContainsKey(header.Name)))
        {
            log.Warning(Notices.HeaderNeeded(provider.Names, header.Name, header.Meaning));
        }
    }
}
