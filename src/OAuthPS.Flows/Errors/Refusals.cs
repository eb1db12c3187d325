namespace OAuthPS.Flows;

/// <summary>What a refusal means and what to do about it: by its <c>error</c> code (RFC 6749 section 5.2), else by its HTTP status.</summary>
internal static class Refusals
{
    private static readonly Dictionary<string, (OAuthErrorId Id, string Action)> _byCode = new(StringComparer.Ordinal)
    {
        [ErrorCodes.InvalidClient] = (OAuthErrorId.InvalidClient,
            "Check the client id and its secret, key or certificate, that they belong to this -ServiceUrl, and -ClientAuthentication."),
        [ErrorCodes.InvalidGrant] = (OAuthErrorId.InvalidGrant,
            "The refresh token, code or password is wrong, expired, revoked or already used: connect again."),
        [ErrorCodes.LoginBadCredentials] = (OAuthErrorId.InvalidGrant,
            "Check the user name and the password, and that they belong to this -ServiceUrl."),
        [ErrorCodes.InvalidRequest] = (OAuthErrorId.InvalidRequest,
            "Check -Scope, -AdditionalParameter and the flow; -Verbose shows the request."),
        [ErrorCodes.InvalidScope] = (OAuthErrorId.InvalidScope,
            "Check -Scope against what the provider has granted this client."),
        [ErrorCodes.InvalidDPoPProof] = (OAuthErrorId.InvalidDPoPProof,
            "Connect with -DPoP if that was left out; else check that the server takes ES256, and this machine's clock."),
        [ErrorCodes.InvalidTarget] = (OAuthErrorId.InvalidTarget,
            "Check -Resource and -Audience: each is a name by which the server knows the API."),
        [ErrorCodes.InvalidAuthorizationDetails] = (OAuthErrorId.InvalidAuthorizationDetails,
            "Check -AuthorizationDetail against the types and members that the provider documents."),
        [ErrorCodes.InvalidRequestObject] = (OAuthErrorId.InvalidRequestObject,
            "Check that the key or secret that signs is the one registered for the client, and its algorithm (-ClientKeyAlgorithm)."),
        [ErrorCodes.UnauthorizedClient] = (OAuthErrorId.UnauthorizedClient,
            "Enable this flow for the client at the provider, or choose another -Flow."),
        [ErrorCodes.UnsupportedGrantType] = (OAuthErrorId.UnsupportedGrantType,
            "Choose another -Flow; Get-OAuthProvider lists the provider's."),
        [ErrorCodes.ExpiredToken] = (OAuthErrorId.SignInTimeout,
            "The code has expired before anybody entered it: start again."),
        [ErrorCodes.AccessDenied] = (OAuthErrorId.AccessDenied,
            "The user or the provider's policy said no: ask for less, or ask the administrator."),
        [ErrorCodes.AuthorizationDeclined] = (OAuthErrorId.AccessDenied,
            "The person said no: start again, and ask for less."),
    };

    internal static (OAuthErrorId Id, string Action) Classify(string? error, int status, TimeSpan? retryAfter)
    {
        // 429 comes first: some servers put a code such as invalid_request beside it.
        if (status == 429)
        {
            return (OAuthErrorId.TooManyRequests, $"Wait {Wait(retryAfter)}, then try again; one session shared by all scripts asks less often.");
        }

        // A server that has nothing there may still put a code beside it.
        if (status == 404)
        {
            return (OAuthErrorId.EndpointNotFound, "Check the address (-ServiceUrl, -Issuer or the path), and the ids in it and in -Header.");
        }

        if (error is not null && _byCode.TryGetValue(error, out var known))
        {
            return known;
        }

        return status switch
        {
            401 => (OAuthErrorId.Unauthorized, "Check the credential: id, secret, user name and password."),
            403 => (OAuthErrorId.Forbidden, "Ask the provider's administrator for the right, or connect with a wider -Scope."),
            >= 500 => (OAuthErrorId.ServerError, $"The failure is the server's: try again {(retryAfter is null ? "later" : "after " + Wait(retryAfter))}."),
            _ => (OAuthErrorId.RequestRefused, "Check the credential, the parameters and the headers; -Verbose shows the request."),
        };
    }

    /// <summary>The refusal of an API, which may be another's than the session's.</summary>
    internal static (OAuthErrorId Id, string Action) ClassifyOfApi(int status, TimeSpan? retryAfter) => status switch
    {
        401 => (OAuthErrorId.Unauthorized, "Check that the session used is one for this API (-Session), and that its credential still is good."),
        404 => (OAuthErrorId.EndpointNotFound, "Check the path, the ids in it and in -Header, and that the session used is one for this API (-Session)."),
        _ => Classify(null, status, retryAfter),
    };

    /// <summary>The code that a server without <c>error</c> puts at the beginning of its words; null where it is none of those known.</summary>
    internal static string? CodeIn(string? description) =>
        description?.Split(':', 2)[0] is { } first && _byCode.ContainsKey(first) ? first : null;

    private static string Wait(TimeSpan? retryAfter) => retryAfter is { } wait ? $"{Math.Ceiling(wait.TotalSeconds):0} s" : "a while";
}
