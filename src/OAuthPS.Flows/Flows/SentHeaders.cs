using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Flows;

/// <summary>Which of a session's headers go to the authorization server: those of API calls are for an API, and nobody else.</summary>
internal static class SentHeaders
{
    /// <param name="provider">The provider, which names those that it needs.</param>
    /// <param name="flow">The flow, for a message.</param>
    /// <param name="given">The session's, checked.</param>
    /// <exception cref="OAuthUsageException">One is needed and has no value.</exception>
    internal static IReadOnlyDictionary<string, string> OfTokenRequests(
        OAuthProvider provider, Flow flow, IReadOnlyDictionary<string, string> given)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (given.TryGetValue(RequestHeaders.UserAgent, out var userAgent))
        {
            headers[RequestHeaders.UserAgent] = userAgent;
        }

        foreach (var header in provider.TokenHeaders)
        {
            headers[header.Name] = given.GetValueOrDefault(header.Name) ?? header.Value
                ?? throw Errors.InputNeeded(provider.Names, flow.Name.Name, $"the header {header}", OAuthInput.Header);
        }

        return headers;
    }
}
