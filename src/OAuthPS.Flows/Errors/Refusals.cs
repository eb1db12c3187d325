namespace OAuthPS.Flows;

/// <summary>What a refusal means.</summary>
/// <param name="Id">Which failure it is.</param>
/// <param name="Action">What to do about it.</param>
/// <param name="Inputs">What to check, where the id alone does not say it.</param>
internal sealed record RefusalMeaning(OAuthErrorId Id, string Action, params IReadOnlyList<OAuthInput> Inputs);

/// <summary>
/// What a refusal means and what to do about it: by its <c>error</c> code (RFC 6749 section 5.2), else by its HTTP status.
/// </summary>
internal static class Refusals
{
    private static readonly Dictionary<string, RefusalMeaning> _byCode = new(StringComparer.Ordinal)
    {
        [ErrorCodes.InvalidClient] = new(OAuthErrorId.InvalidClient,
            "Check the client id and its secret, key or certificate, that they belong to this server, and how the client authenticates."),
        [ErrorCodes.InvalidGrant] = new(OAuthErrorId.InvalidGrant,
            "The refresh token, code or password is wrong, expired, revoked or already used: connect again."),
        [ErrorCodes.LoginBadCredentials] = new(OAuthErrorId.InvalidGrant,
            "Check the user name and the password, and that they belong to this server.", OAuthInput.UserCredential, OAuthInput.ServiceUrl),
        [ErrorCodes.InvalidRequest] = new(OAuthErrorId.InvalidRequest,
            "Check the scope, the additional parameters and the flow."),
        [ErrorCodes.InvalidScope] = new(OAuthErrorId.InvalidScope,
            "Check the scope against what the provider has granted this client."),
        [ErrorCodes.InvalidDPoPProof] = new(OAuthErrorId.InvalidDPoPProof,
            "Connect with DPoP if that was left out; else check that the server takes ES256, and this machine's clock."),
        [ErrorCodes.InvalidTarget] = new(OAuthErrorId.InvalidTarget,
            "Check the resource and the audience: each is a name by which the server knows the API."),
        [ErrorCodes.InvalidAuthorizationDetails] = new(OAuthErrorId.InvalidAuthorizationDetails,
            "Check the authorization details against the types and members that the provider documents."),
        [ErrorCodes.InvalidRequestObject] = new(OAuthErrorId.InvalidRequestObject,
            "Check that the key or secret that signs is the one registered for the client, and its algorithm."),
        [ErrorCodes.UnauthorizedClient] = new(OAuthErrorId.UnauthorizedClient,
            "Enable this flow for the client at the provider, or choose another flow."),
        [ErrorCodes.UnsupportedGrantType] = new(OAuthErrorId.UnsupportedGrantType,
            "Choose another flow of those that the provider offers."),
        [ErrorCodes.ExpiredToken] = new(OAuthErrorId.SignInTimeout,
            "The code expired before anybody entered it: start again."),
        [ErrorCodes.AccessDenied] = new(OAuthErrorId.AccessDenied,
            "The user or the provider's policy said no: ask for less, or ask the administrator."),
        [ErrorCodes.AuthorizationDeclined] = new(OAuthErrorId.AccessDenied,
            "The person said no: start again, and ask for less."),
    };

    // Codes of large servers that mean what one of the specifications does: GitHub, Slack and Zoho.
    private static readonly Dictionary<string, string> _dialect = new(StringComparer.Ordinal)
    {
        ["incorrect_client_credentials"] = ErrorCodes.InvalidClient,
        ["invalid_client_id"] = ErrorCodes.InvalidClient,
        ["invalid_client_secret"] = ErrorCodes.InvalidClient,
        ["bad_client_secret"] = ErrorCodes.InvalidClient,
        ["bad_verification_code"] = ErrorCodes.InvalidGrant,
        ["invalid_code"] = ErrorCodes.InvalidGrant,
        ["code_already_used"] = ErrorCodes.InvalidGrant,
        ["invalid_refresh_token"] = ErrorCodes.InvalidGrant,
    };

    // RFC 6749 section 5.2: an endpoint at which a client proves itself answers 401 to one that it does not know. No scope was looked at.
    private static readonly Dictionary<int, RefusalMeaning> _bare = new()
    {
        [401] = _byCode[ErrorCodes.InvalidClient],
        [403] = new(OAuthErrorId.UnauthorizedClient, "Ask the provider's administrator whether this client is enabled, and for this use."),
    };

    // Codes that mean something to this library besides, or that a challenge has (RFC 6750 section 3.1, RFC 9470 section 3).
    private static readonly HashSet<string> _others =
    [
        ErrorCodes.AuthorizationPending, ErrorCodes.SlowDown, ErrorCodes.UnsupportedTokenType, ErrorCodes.UseDPoPNonce,
        ErrorCodes.InvalidToken, ErrorCodes.InsufficientScope, ErrorCodes.InsufficientUserAuthentication,
    ];

    /// <summary>Whether a text is a code of the specifications, or one that is known to mean the same.</summary>
    internal static bool IsCode(string? text) =>
        text is not null && (_byCode.ContainsKey(Standard(text)) || _others.Contains(text));

    /// <summary>The code of the specifications that means the same.</summary>
    internal static string Standard(string code) => _dialect.GetValueOrDefault(code, code);

    internal static RefusalMeaning Classify(string? error, int status, TimeSpan? retryAfter, bool isBareOfClient = false)
    {
        // 429 comes first: some servers put a code such as invalid_request beside it.
        if (status == 429)
        {
            return new(
                OAuthErrorId.TooManyRequests,
                $"Wait {Wait(retryAfter)}, then try again; one session shared by all scripts asks less often.");
        }

        // A server that has nothing there may still put a code beside it.
        if (status == 404)
        {
            return new(OAuthErrorId.EndpointNotFound, "Check the address, and the ids in it and in the headers.");
        }

        if (error is not null && _byCode.TryGetValue(Standard(error), out var known))
        {
            return known;
        }

        if (isBareOfClient && _bare.TryGetValue(status, out var bare))
        {
            return bare;
        }

        return status switch
        {
            401 => new(OAuthErrorId.Unauthorized, "Check the credential: id, secret, user name and password."),
            403 => new(OAuthErrorId.Forbidden, "Ask the provider's administrator for the right."),
            >= 500 =>
                new(
                    OAuthErrorId.ServerError,
                    $"The failure is the server's: try again {(retryAfter is null ? "later" : "after " + Wait(retryAfter))}."),
            _ => new(OAuthErrorId.RequestRefused, "Check the credential, the parameters and the headers."),
        };
    }

    /// <summary>The refusal of an API, which may be another's than the session's.</summary>
    internal static RefusalMeaning ClassifyOfApi(int status, TimeSpan? retryAfter) => status switch
    {
        403 => new(OAuthErrorId.Forbidden, "Ask the provider's administrator for the right, or connect with a wider scope."),
        401 => new(OAuthErrorId.Unauthorized, "Check that the session used is one for this API, and that its credential still is good."),
        404 => new(
            OAuthErrorId.EndpointNotFound,
            "Check the path, the ids in it and in the headers, and that the session used is one for this API."),
        _ => Classify(null, status, retryAfter),
    };

    /// <summary>
    /// The code that a server without <c>error</c> puts at the beginning of its words; null where it is none of those known.
    /// </summary>
    internal static string? CodeIn(string? description) =>
        description?.Split(':', 2)[0] is { } first && _byCode.ContainsKey(first) ? first : null;

    /// <summary>Whether a server may not have read the credentials in the header: it does not say that they are wrong.</summary>
    internal static bool MayNotHaveRead(RefusedClient client, OAuthErrorId id, string? description) =>
        id == OAuthErrorId.InvalidClient
            ? client.IsFormEncoded || description is null || HasOneOf(description, "missing", "required", "not provided", "not present")
            : (id == OAuthErrorId.InvalidRequest || id == OAuthErrorId.Unauthorized) && description is not null
                && HasOneOf(description, ParameterNames.ClientId, ParameterNames.ClientSecret, "client credentials");

    private static bool HasOneOf(string text, params string[] parts) =>
        parts.Any(part => text.Contains(part, StringComparison.OrdinalIgnoreCase));

    private static string Wait(TimeSpan? retryAfter) => retryAfter is { } wait ? $"{Math.Ceiling(wait.TotalSeconds):0} s" : "a while";
}
