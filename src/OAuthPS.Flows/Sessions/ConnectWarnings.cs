using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Sessions;

/// <summary>What a user should know about what they chose, said once, when they connect.</summary>
internal static class ConnectWarnings
{
    internal static void Give(
        ConnectRequest request, OAuthFlow flow, ClientAuthenticator? client, IReadOnlyDictionary<string, string> headers, IFlowLog log)
    {
        var provider = request.Provider;
        if (client is { Method: ClientAuthenticationMethod.Query })
        {
            log.Warning("The client secret travels in the URL, where proxies and servers log it. Use -ClientAuthentication Basic instead.");
        }

        if (flow == OAuthFlow.Password)
        {
            log.Warning($"The password flow hands the user's password to this client; RFC 9700 section 2.4 advises against it. {Others(provider, flow)}");
        }

        if (flow == OAuthFlow.Implicit)
        {
            log.Warning($"The implicit flow puts the token into the browser's address; RFC 9700 section 2.1.2 advises against it. {Others(provider, flow)}");
        }

        if (request.Scope.Count > 0 && !provider.SendsScope)
        {
            log.Warning($"{provider.DisplayName} ignores the scope; it is not sent.");
        }

        foreach (var header in provider.ApiHeadersOf(flow).Where(header => !headers.ContainsKey(header.Name)))
        {
            log.Warning($"API calls of {provider.DisplayName} need the header {header.Name} ({header.Meaning}). Give it with -Header @{{ '{header.Name}' = '…' }}.");
        }
    }

    private static string Others(OAuthProvider provider, OAuthFlow flow) =>
        $"{provider.DisplayName} also offers {string.Join(", ", provider.Flows.Where(other => other != flow && other != OAuthFlow.RefreshToken))}.";
}
