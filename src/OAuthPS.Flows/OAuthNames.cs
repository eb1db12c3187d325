namespace OAuthPS.Flows;

/// <summary>Parameter names on the wire, under the specifications' own names.</summary>
internal static class ParameterNames
{
    // RFC 6749
    internal const string GrantType = "grant_type";
    internal const string ResponseType = "response_type";
    internal const string ClientId = "client_id";
    internal const string ClientSecret = "client_secret";
    internal const string RedirectUri = "redirect_uri";
    internal const string Scope = "scope";
    internal const string State = "state";
    internal const string Code = "code";
    internal const string UserName = "username";
    internal const string Password = "password";
    internal const string RefreshToken = "refresh_token";

    // RFC 7009
    internal const string Token = "token";
    internal const string TokenTypeHint = "token_type_hint";

    // RFC 7521, RFC 7523
    internal const string ClientAssertionType = "client_assertion_type";
    internal const string ClientAssertion = "client_assertion";

    // RFC 8628
    internal const string DeviceCode = "device_code";

    // OpenID Connect Core 1.0
    internal const string Nonce = "nonce";

    // RFC 9207
    internal const string Issuer = "iss";

    // RFC 9101, RFC 9126
    internal const string Request = "request";
    internal const string RequestUri = "request_uri";

    // OAuth 2.0 Multiple Response Type Encoding Practices, JARM
    internal const string ResponseMode = "response_mode";
    internal const string Response = "response";

    // RFC 8707
    internal const string Resource = "resource";

    // RFC 9396
    internal const string AuthorizationDetails = "authorization_details";

    // RFC 8693
    internal const string Audience = "audience";
    internal const string SubjectToken = "subject_token";
    internal const string SubjectTokenType = "subject_token_type";
    internal const string ActorToken = "actor_token";
    internal const string ActorTokenType = "actor_token_type";
    internal const string RequestedTokenType = "requested_token_type";

    // RFC 7521 section 4.1
    internal const string Assertion = "assertion";

    // RFC 9449 section 10
    internal const string DPoPKeyThumbprint = "dpop_jkt";

    // RFC 7636
    internal const string CodeVerifier = "code_verifier";
    internal const string CodeChallenge = "code_challenge";
    internal const string CodeChallengeMethod = "code_challenge_method";
}

/// <summary>Values of <c>grant_type</c>.</summary>
internal static class GrantTypes
{
    internal const string ClientCredentials = "client_credentials";
    internal const string Password = "password";
    internal const string AuthorizationCode = "authorization_code";
    internal const string RefreshToken = "refresh_token";
    internal const string DeviceCode = "urn:ietf:params:oauth:grant-type:device_code";
    internal const string TokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    internal const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
}

/// <summary>Values of <c>token_type</c>, as the <c>Authorization</c> header writes them.</summary>
internal static class TokenTypes
{
    // RFC 6750
    internal const string Bearer = "Bearer";

    // RFC 9449 section 7.1
    internal const string DPoP = "DPoP";

    // RFC 8693 section 2.2.1: of a token that is no access token
    internal const string NotApplicable = "N_A";
}

/// <summary>Values of <c>error</c> that change what this library does or advises.</summary>
internal static class ErrorCodes
{
    /// <summary>Not of an RFC: what FastAPI Users, and so SpatiaFi, says of a wrong user name or password.</summary>
    internal const string LoginBadCredentials = "LOGIN_BAD_CREDENTIALS";

    internal const string InvalidRequest = "invalid_request";
    internal const string InvalidClient = "invalid_client";
    internal const string InvalidGrant = "invalid_grant";
    internal const string InvalidScope = "invalid_scope";
    internal const string UnauthorizedClient = "unauthorized_client";
    internal const string UnsupportedGrantType = "unsupported_grant_type";
    internal const string AccessDenied = "access_denied";

    /// <summary>Entra's word for <c>access_denied</c> in the device flow.</summary>
    internal const string AuthorizationDeclined = "authorization_declined";

    internal const string AuthorizationPending = "authorization_pending";
    internal const string SlowDown = "slow_down";
    internal const string ExpiredToken = "expired_token";

    // RFC 7009 section 2.2.1; servers say it of introspection too
    internal const string UnsupportedTokenType = "unsupported_token_type";

    // RFC 6750 section 3.1
    internal const string InvalidToken = "invalid_token";
    internal const string InsufficientScope = "insufficient_scope";

    // RFC 9470 section 3
    internal const string InsufficientUserAuthentication = "insufficient_user_authentication";

    // RFC 9449 section 8
    internal const string UseDPoPNonce = "use_dpop_nonce";

    // RFC 9449 section 5
    internal const string InvalidDPoPProof = "invalid_dpop_proof";

    // RFC 8707 section 2, RFC 8693 section 2.2.2
    internal const string InvalidTarget = "invalid_target";

    // RFC 9396 section 5
    internal const string InvalidAuthorizationDetails = "invalid_authorization_details";

    // RFC 9101 section 7
    internal const string InvalidRequestObject = "invalid_request_object";
}
