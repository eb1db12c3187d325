using System.Text.Json;
using System.Text.RegularExpressions;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Registration;

/// <summary>Whether the data of a provider can work.</summary>
internal static partial class ProviderCheck
{
    // The name becomes a file's, and the configuration folder may be shared with a machine to which some names mean devices.
    internal static bool IsName(string name) => Name().IsMatch(name) && !Device().IsMatch(name);

    /// <returns>What is wrong, for a sentence; null when nothing is.</returns>
    internal static string? Flaw(OAuthProvider provider)
    {
        if (!IsName(provider.Name ?? ""))
        {
            return "'name' is no name";
        }

        if (ProviderShape.Flaw(provider) is { } misshapen)
        {
            return misshapen;
        }

        if (HarmfulMember(provider) is { } member)
        {
            return $"'{member}' has a control character or an invisible one";
        }

        return VariablesCheck.Flaw(provider) ?? (provider.Variables.Count == 0 ? AddressFlaw(provider)
            : VariablesCheck.Samples(provider).Select(AddressFlaw).FirstOrDefault(flaw => flaw is not null));
    }

    private static string? AddressFlaw(OAuthProvider provider)
    {
        if (provider.ServiceUrl is { } url && !(url.IsAbsoluteUri && url.UserInfo.Length == 0 && SecureUrl.IsAllowed(url)))
        {
            return "'serviceUrl' is not an HTTPS address";
        }

        if (provider.Issuer is { } issuer && !(IsEndpoint(issuer) && !issuer.StartsWith('/')))
        {
            return "'issuer' is not an HTTPS address";
        }

        if (!provider.ApiUrls.All(url => url is not null && IsEndpoint(url)))
        {
            return "an item of 'apiUrls' is neither a path that starts with a slash nor an HTTPS address";
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

        if (provider.Flows.Select(flow => KnownFlows.Get(flow).FlawOf(provider)).FirstOrDefault(flaw => flaw is not null) is { } unusable)
        {
            return unusable;
        }

        // Described, though no flow uses it.
        return provider.Basic is null ? null : KnownFlows.Basic.FlawOf(provider);
    }

    private static IEnumerable<(string Name, string? Endpoint)> Endpoints(OAuthProvider provider) =>
    [
        ("tokenEndpoint", provider.TokenEndpoint), ("authorizationEndpoint", provider.AuthorizationEndpoint),
        (
            "deviceAuthorizationEndpoint",
            provider.DeviceAuthorizationEndpoint), (
                "revocationEndpoint",
                provider.RevocationEndpoint), ("pushedAuthorizationRequestEndpoint", provider.PushedAuthorizationRequestEndpoint),
        (
            "jwksEndpoint",
            provider.JwksEndpoint), (
                "appCredentialsEndpoint", provider.AppCredentialsEndpoint), ("basic.tokenEndpoint", provider.Basic?.TokenEndpoint),
        ("introspectionEndpoint", provider.IntrospectionEndpoint), ("userInfoEndpoint", provider.UserInfoEndpoint),
        ("firstCall", provider.FirstCall),
    ];

    // Of all members, also those that are added one day: what stands in a file is shown, and made into command lines.
    private static string? HarmfulMember(OAuthProvider provider)
    {
        using var document = JsonDocument.Parse(ProviderFile.ToJson(provider));
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (Texts(member.Value).Any(text => !TerminalText.IsHarmless(text) || !TerminalText.IsHarmless(Uri.UnescapeDataString(text))))
            {
                return member.Name;
            }
        }

        return null;
    }

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Texts(member.Value).Prepend(member.Name)),
        _ => [],
    };

    private static bool IsEndpoint(string endpoint) => endpoint.Contains("://", StringComparison.Ordinal)
        ? Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.UserInfo.Length == 0 && SecureUrl.IsAllowed(url)
        : endpoint.StartsWith('/') && !endpoint.StartsWith("//", StringComparison.Ordinal);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Device();
}
