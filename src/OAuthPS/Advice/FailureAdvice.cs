using OAuthPS.Flows;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Advice;

/// <summary>
/// What to do about a failure of the library, in the words of the cmdlets: of its id and its facts, whatever the library's own words are.
/// </summary>
internal static class FailureAdvice
{
    private static readonly Dictionary<OAuthErrorId, Func<OAuthException, string?>> _byFacts = new()
    {
        [OAuthErrorId.MissingParameter] = Missing,
        [OAuthErrorId.ParameterNotUsed] = NotUsed,
        [OAuthErrorId.ServiceUrlNeeded] = failure =>
            $"Give yours with -ServiceUrl, such as "
                + $"{CommandText.Quote((failure as OAuthUsageException)?.Example ?? "https://api.example.com")}.",
        [OAuthErrorId.VariableNeeded] = Variable,
        [OAuthErrorId.InvalidVariable] = Variable,
        [OAuthErrorId.InvalidCredential] = failure => Names(failure, OAuthInput.ClientAuthentication)
            ? "Choose another -ClientAuthentication, or check the id for a copying mistake."
            : null,
        [OAuthErrorId.InvalidAuthorizationDetails] = failure => failure is OAuthUsageException
            ? "Give -AuthorizationDetail hashtables such as @{ type = 'payment_initiation'; actions = @('initiate') }."
            : "Check -AuthorizationDetail against the types and members that the provider documents.",
        [OAuthErrorId.KeyInvalid] = Key,
        [OAuthErrorId.KeyAlgorithm] = failure => Names(failure, OAuthInput.ClientKeyAlgorithm)
            ? "Register a key of another kind at the provider, or name one of its algorithms with -ClientKeyAlgorithm if you know "
                + "that it is taken."
            : null,
        [OAuthErrorId.TokenNotTestable] = failure => failure.Provider is { } name && BuiltInProviders.Find(name) is not null
            ? null
            : "Call an API with it to find out. If the provider has an introspection endpoint or an issuer, register it again with "
                + "-IntrospectionEndpoint or -Issuer.",
        [OAuthErrorId.ResponseNotJson] = failure => Names(failure, OAuthInput.ServiceUrl)
            ? "Check that -ServiceUrl is the provider's: a proxy's or sign-in page answers like this."
            : null,
        [OAuthErrorId.ResponseIncomplete] = failure => Names(failure, OAuthInput.Scope)
            ? "Ask for an access token: give -Scope of the API, or the API itself with -Resource."
            : "Report it to the provider; -Verbose shows the response without its secrets.",
        [OAuthErrorId.TokenTypeUnknown] = failure => Names(failure, OAuthInput.DPoP) ? "Connect with -DPoP." : null,
        [OAuthErrorId.ProxyUnreachable] = WayAdvice.ProxyUnreachable,
        [OAuthErrorId.ProxyAuthenticationRequired] = WayAdvice.ProxyAuthentication,
        [OAuthErrorId.ProxyRefused] = WayAdvice.ProxyRefused,
        [OAuthErrorId.TlsFailure] = WayAdvice.Tls,
        [OAuthErrorId.InvalidGrant] = failure => Names(failure, OAuthInput.UserCredential)
            ? "Check the user name and the password of -Credential, and that they belong to this -ServiceUrl."
            : null,
        [OAuthErrorId.InvalidClient] = failure => "Check the client id and its secret, key or certificate, that they belong to this "
            + $"-ServiceUrl, and -ClientAuthentication.{OtherPlaces(failure)}",
        [OAuthErrorId.InvalidRequest] = failure =>
            $"Check -Scope, -AdditionalParameter and the flow; -Verbose shows the request.{OtherPlaces(failure)}",

        // Without a code it is not known what the client may not do.
        [OAuthErrorId.UnauthorizedClient] = failure => failure is OAuthServerException { Error: null, StatusCode: 403 }
            ? null
            : "Enable this flow for the client at the provider, or choose another -Flow.",
        [OAuthErrorId.Forbidden] = failure => IsOfApi(failure)
            ? "Ask the provider's administrator for the right, or connect with a wider -Scope."
            : null,
        [OAuthErrorId.Unauthorized] = failure => IsOfApi(failure)
            ? "Check that the session used is one for this API (-Session), and that its credential still is good."
            : null,
        [OAuthErrorId.EndpointNotFound] = failure => IsOfApi(failure)
            ? "Check the path, the ids in it and in -Header, and that the session used is one for this API (-Session)."
            : "Check the address (-ServiceUrl, -Issuer or the path), and the ids in it and in -Header.",
        [OAuthErrorId.ApiOriginNotAllowed] = failure =>
            $"If that API may have the token, connect again with -ApiUrl {CommandText.Quote(failure.Endpoint!)} (Connect-OAuthProvider).",
        [OAuthErrorId.SessionHasNoToken] = failure => Names(failure, OAuthInput.Revocation)
            ? "Use Disconnect-OAuthProvider without -Revoke to forget it."
            : "Use Invoke-OAuthRestMethod, or Get-OAuthRequestHeader for the headers of a call of your own.",
        [OAuthErrorId.SignInNeeded] = failure => Names(failure, OAuthInput.Flow)
            ? "If the server takes client credentials all the same, use -Flow ClientCredentials; else sign in where somebody can."
            : null,
        [OAuthErrorId.SignInTimeout] = failure => failure is OAuthConnectionException
            ? "Start again, or allow more time with -Timeout; where no browser opens, use -NoBrowser."
            : null,
        [OAuthErrorId.VendorCredentialInvalid] = failure => Names(failure, OAuthInput.ClientSecret)
            ? "Mend or delete it, or give the credential with -ClientCredential."
            : null,
    };

    /// <summary>The failures that the module may have advice on.</summary>
    internal static IEnumerable<OAuthErrorId> Ids => _byFacts.Keys.Concat(FixedAdvice.Ids);

    /// <returns>The advice; null where the library's own words name nothing that is the module's.</returns>
    internal static string? Of(OAuthException failure) => LineBreak(failure)
        ?? (_byFacts.TryGetValue(failure.Id, out var advise) ? advise(failure) : FixedAdvice.Of(failure.Id));

    // Of a refusal these inputs are named for nothing else.
    private static string? LineBreak(OAuthException failure) => failure is not OAuthServerException ? null
        : Names(failure, OAuthInput.ClientSecret) ? "Give the secret of -ClientCredential without the line break at its end."
        : Names(failure, OAuthInput.ClientId) ? "Give the client id without the line break at its end."
        : null;

    private static string OtherPlaces(OAuthException failure) => Names(failure, OAuthInput.ClientAuthentication)
        ? " Some servers take id and secret in the body alone (-ClientAuthentication Post), or in the header as they are (basicEncoding "
            + "Plain in the provider file)."
        : "";

    private static bool Names(OAuthException failure, OAuthInput input) => failure.Inputs.Contains(input);

    private static bool IsOfApi(OAuthException failure) => failure is OAuthServerException { IsApiCall: true };

    private static string? Variable(OAuthException failure) =>
        failure is OAuthUsageException { Variable: { } variable, Example: { } example }
        ? $"Give it with -{variable}, such as {CommandText.Quote(example)}"
            + (Names(failure, OAuthInput.ServiceUrl) ? ", or the whole address with -ServiceUrl." : ".")
        : null;

    private static string? Missing(OAuthException failure) => failure switch
    {
        OAuthUsageException { Flows.Count: > 0 } nothing => $"Give the credentials of one of its flows: {Flows(nothing)}."
            + (Names(nothing, OAuthInput.VendorCredential) ? " -UseVendorCredential takes the one that its own client keeps." : ""),
        { Inputs.Count: > 0 } when failure.Inputs.All(InputParameters.Has) =>
            $"Give it with {string.Join(", or with ", Choices(failure.Inputs).Select(InputParameters.WithOthers))}.",
        _ => null,
    };

    // Where a secret does, an id without one is no advice.
    private static IEnumerable<OAuthInput> Choices(IReadOnlyList<OAuthInput> inputs) =>
        inputs.Where(input => inputs.Count == 1 || input != OAuthInput.ClientId || inputs[0] != OAuthInput.ClientSecret);

    private static string? NotUsed(OAuthException failure) =>
        failure is OAuthUsageException { Inputs: [var input] } useless && InputParameters.Has(input)
        ? $"Leave out {InputParameters.Of(input)}, or choose another flow: {Flows(useless)}."
        : null;

    private static string? Key(OAuthException failure) => failure.Inputs switch
    {
        [OAuthInput.ClientSecret] => "Give it with -ClientCredential; or give a private key as PEM, PKCS #12 or a JWK.",
        [OAuthInput.ClientKey] => "Give a PKCS #12 file (.pfx) or a PEM file with both; a key by itself is for -ClientKey.",
        [OAuthInput.VerificationKey] => "Give a JWK or a set of them, a public key or certificate as PEM, or the secret with -Secret.",
        _ => null,
    };

    private static string Flows(OAuthUsageException failure) => string.Join("; ", failure.Flows.Select(FlowNeeds.Describe));
}
