using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Registration;

/// <summary>Whether what a file says of requests can work.</summary>
internal static class RequestFormatCheck
{
    private const int Most = 50;

    // What a flow or the client's authentication sends: another value of it would be another request, or a secret in a file.
    private static readonly string[] _taken =
    [
        ParameterNames.GrantType, ParameterNames.ClientId, ParameterNames.ClientSecret, ParameterNames.ClientAssertion,
        ParameterNames.ClientAssertionType, ParameterNames.Code, ParameterNames.CodeVerifier, ParameterNames.RedirectUri,
        ParameterNames.UserName, ParameterNames.Password, ParameterNames.RefreshToken, ParameterNames.DeviceCode,
        ParameterNames.SubjectToken, ParameterNames.ActorToken, ParameterNames.Assertion,
    ];

    /// <returns>What is wrong, for a sentence; null when nothing is.</returns>
    internal static string? Flaw(OAuthProvider provider) =>
        GrantsFlaw(provider.Grants) ?? HeadersFlaw(provider.TokenHeaders)
        ?? (provider.ClientAssertion is { Audience: "" } or { Type: "" } ? "'audience' or 'type' of 'clientAssertion' is empty"
            : provider.ApiAuthorizationScheme is { } scheme && !IsScheme(scheme)
                ? "'apiAuthorizationScheme' is no scheme, or Basic or DPoP, which need more than a token"
            : null);

    private static string? GrantsFlaw(IReadOnlyList<GrantFormat> grants)
    {
        if (grants.Count > Most || grants.Any(format => format is not { Parameters: not null, Needs: not null }))
        {
            return $"'grants' has an item that is null or has a list that is null, or more than {Most} items";
        }

        if (grants.FirstOrDefault(format => KnownFlows.Find(format.Flow)?.GrantType is null) is not null)
        {
            return "an item of 'grants' has no 'flow' with a token request";
        }

        if (grants.Select(format => format.Flow).Distinct().Count() < grants.Count)
        {
            return "'grants' has a flow twice";
        }

        if (grants.Any(format => format.GrantType is "" || format.Parameters.Any(one => one is not { Name.Length: > 0, Value: not null })
            || format.Needs.Any(one => one is not { Name.Length: > 0, Meaning: not null })
            || format.Parameters.Count + format.Needs.Count > Most))
        {
            return $"an item of 'grants' has an empty 'grantType', more than {Most} parameters, or one without a 'name' and a 'value' or "
                + "'meaning'";
        }

        return grants.SelectMany(format => format.Parameters.Select(one => one.Name).Concat(format.Needs.Select(one => one.Name)))
            .FirstOrDefault(_taken.Contains) is { } taken
            ? $"'grants' has the parameter '{taken}', which the flow itself sends"
            : null;
    }

    private static string? HeadersFlaw(IReadOnlyList<TokenHeader> headers) =>
        headers.Count > Most || headers.Any(header => header is not { Name.Length: > 0 })
            ? $"an item of 'tokenHeaders' has no 'name', or there are more than {Most}"
        : headers.FirstOrDefault(header => !RequestHeaders.IsSendable(header.Name, header.Value ?? "x")) is { } flawed
            ? $"'tokenHeaders' has '{flawed.Name}', which cannot be sent"
        : headers.FirstOrDefault(header => header.Value is not null && CredentialValues.IsName(header.Name)) is { } secret
            ? $"'tokenHeaders' has a value for '{secret.Name}', which is a secret by its name: leave the value to whoever connects"
        : headers.Select(header => header.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() < headers.Count
            ? "'tokenHeaders' has a name twice"
        : null;

    // RFC 9110 sections 5.6.2 and 11.1.
    private static bool IsScheme(string scheme) =>
        scheme.Length > 0 && scheme.All(character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character))
        && !scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
        && !scheme.Equals(TokenTypes.DPoP, StringComparison.OrdinalIgnoreCase);
}
