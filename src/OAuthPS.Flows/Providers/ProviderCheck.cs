using System.Text.RegularExpressions;
using OAuthPS.Flows.Protocol;

namespace OAuthPS.Flows.Providers;

/// <summary>Whether the data of a provider can work.</summary>
internal static partial class ProviderCheck
{
    internal static bool IsName(string name) => Name().IsMatch(name);

    /// <returns>What is wrong, for a sentence; null when nothing is.</returns>
    internal static string? Flaw(OAuthProvider provider)
    {
        if (!IsName(provider.Name ?? ""))
        {
            return "'name' is no name";
        }

        if (provider.Flows is null || provider.ClientAuthentications is null || provider.ApiHeaders is null || provider.Quirks is null || provider.ScopeNeededBy is null || provider.IdTokenAlgorithms is null)
        {
            return "a list is null";
        }

        if (provider.ServiceUrl is { } url && !(url.IsAbsoluteUri && url.UserInfo.Length == 0 && SecureUrl.IsAllowed(url)))
        {
            return "'serviceUrl' is not an HTTPS address";
        }

        foreach (var (name, endpoint) in Endpoints(provider))
        {
            if (endpoint is not null && !IsEndpoint(endpoint))
            {
                return $"'{name}' is neither a path that starts with a slash nor an HTTPS address";
            }
        }

        return provider.Issuer is null ? DescribedFlaw(provider) : null;
    }

    private static string? DescribedFlaw(OAuthProvider provider)
    {
        if (provider.TokenEndpoint is null)
        {
            return "it has neither 'issuer' nor 'tokenEndpoint'";
        }

        if (provider.Flows.Count == 0 || provider.ClientAuthentications.Count == 0)
        {
            return "'flows' or 'clientAuthentications' is empty";
        }

        if (provider.AuthorizationEndpoint is null && provider.Flows.Any(flow => flow is OAuthFlow.AuthorizationCode or OAuthFlow.Implicit))
        {
            return "a flow of it needs 'authorizationEndpoint'";
        }

        if (provider.DeviceAuthorizationEndpoint is null && provider.Flows.Contains(OAuthFlow.DeviceCode))
        {
            return "a flow of it needs 'deviceAuthorizationEndpoint'";
        }

        return provider.Basic is null && provider.Flows.Contains(OAuthFlow.Basic) ? "a flow of it needs 'basic'" : null;
    }

    private static IEnumerable<(string Name, string? Endpoint)> Endpoints(OAuthProvider provider) =>
    [
        ("issuer", provider.Issuer), ("tokenEndpoint", provider.TokenEndpoint), ("authorizationEndpoint", provider.AuthorizationEndpoint),
        ("deviceAuthorizationEndpoint", provider.DeviceAuthorizationEndpoint), ("revocationEndpoint", provider.RevocationEndpoint),
        ("jwksEndpoint", provider.JwksEndpoint), ("appCredentialsEndpoint", provider.AppCredentialsEndpoint), ("basic.tokenEndpoint", provider.Basic?.TokenEndpoint),
    ];

    private static bool IsEndpoint(string endpoint) => endpoint.Contains("://", StringComparison.Ordinal)
        ? Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.UserInfo.Length == 0 && SecureUrl.IsAllowed(url)
        : endpoint.StartsWith('/') && !endpoint.StartsWith("//", StringComparison.Ordinal);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Name();
}
