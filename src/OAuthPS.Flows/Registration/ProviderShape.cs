using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Registration;

/// <summary>
/// Whether what a file made of a provider has the shape its types promise: JSON may put null where C# has none, and a number
/// where a name of an enumeration belongs.
/// </summary>
internal static class ProviderShape
{
    /// <returns>What is wrong, for a sentence; null when nothing is.</returns>
    internal static string? Flaw(OAuthProvider provider)
    {
        if (provider.Flows is null || provider.ClientAuthentications is null || provider.ApiHeaders is null || provider.Quirks is null
            || provider.ScopeNeededBy is null || provider.IdTokenAlgorithms is null || provider.IdTokenParties is null
                || provider.RequestObjectSigningAlgorithms is null || provider.AuthorizationSigningAlgorithms is null
                    || provider.TokenEndpointAuthSigningAlgorithms is null
            || provider.Grants is null || provider.TokenHeaders is null || provider.ApiUrls is null || provider.Variables is null
                || provider.Scopes is null)
        {
            return "a list is null";
        }

        if (provider.ApiHeaders.Any(header => header is not { Name.Length: > 0, Meaning: not null }))
        {
            return "an item of 'apiHeaders' has no 'name' or no 'meaning'";
        }

        if (provider.Quirks.Any(quirk => quirk is not { Text: not null, Source: not null }))
        {
            return "an item of 'quirks' has no 'text' or no 'source'";
        }

        if (provider.Scopes.Any(scope => scope is not { Name.Length: > 0, Meaning: not null }))
        {
            return "an item of 'scopes' has no 'name' or no 'meaning'";
        }

        if (provider.IdTokenAlgorithms.Any(algorithm => algorithm is null))
        {
            return "an item of 'idTokenAlgorithms' is null";
        }

        if (provider.IdTokenParties.Any(string.IsNullOrWhiteSpace))
        {
            return "an item of 'idTokenParties' is empty";
        }

        if (provider.TokenEndpointAuthSigningAlgorithms.Any(algorithm => algorithm is null))
        {
            return "an item of 'tokenEndpointAuthSigningAlgorithms' is null";
        }

        if (provider.TokenResponse is { } format && TokenResponseFormatCheck.Flaw(format) is { } flaw)
        {
            return flaw;
        }

        if (RequestFormatCheck.Flaw(provider) is { } unsendable)
        {
            return unsendable;
        }

        return provider.OfflineAccess is { } offline && (string.IsNullOrEmpty(offline.Name) || offline.Value is null)
            ? "'offlineAccess' has no 'name' or no 'value'"
            : EnumerationFlaw(provider);
    }

    private static string? EnumerationFlaw(OAuthProvider provider)
    {
        (string Name, bool IsKnown)[] enumerations =
        [
            ("flows", provider.Flows.All(flow => KnownFlows.Find(flow) is not null)),
            ("scopeNeededBy", provider.ScopeNeededBy.All(flow => KnownFlows.Find(flow) is not null)),
            ("clientAuthentications", provider.ClientAuthentications.All(Enum.IsDefined)),
            ("basicEncoding", Enum.IsDefined(provider.BasicEncoding)),
            ("tokenParameters", Enum.IsDefined(provider.TokenParameters)),
            ("revocationParameters", Enum.IsDefined(provider.RevocationParameters)),
            ("refreshTokens", Enum.IsDefined(provider.RefreshTokens)),
            ("basic.credential", provider.Basic is null || Enum.IsDefined(provider.Basic.Credential)),
        ];
        return enumerations.FirstOrDefault(item => !item.IsKnown).Name is { } name
            ? $"'{name}' has a value that is not one of its names"
            : null;
    }
}
