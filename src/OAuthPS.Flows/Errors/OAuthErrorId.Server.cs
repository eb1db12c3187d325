namespace OAuthPS.Flows;

/// <content>Failures of the way to a server, its responses, and signing in.</content>
public sealed partial class OAuthErrorId
{
    // The way to the server.
    /// <summary>The name of the host was not found.</summary>
    public static OAuthErrorId HostUnknown { get; } = new(OAuthErrorKind.Connection);
    /// <summary>No connection; nothing was sent.</summary>
    public static OAuthErrorId ServerUnreachable { get; } = new(OAuthErrorKind.Connection);
    /// <summary>The proxy cannot be reached; nothing was sent to the server.</summary>
    public static OAuthErrorId ProxyUnreachable { get; } = new(OAuthErrorKind.Connection);
    /// <summary>The proxy wants a user name and a password; nothing was sent to the server.</summary>
    public static OAuthErrorId ProxyAuthenticationRequired { get; } = new(OAuthErrorKind.Authentication);
    /// <summary>The proxy does not connect to the server; nothing was sent there.</summary>
    public static OAuthErrorId ProxyRefused { get; } = new(OAuthErrorKind.Connection);
    /// <summary>The TLS connection failed; nothing was sent.</summary>
    public static OAuthErrorId TlsFailure { get; } = new(OAuthErrorKind.Connection);
    /// <summary>The connection ended before the response was whole. Whether the server has acted on the request is not known.</summary>
    public static OAuthErrorId ConnectionLost { get; } = new(OAuthErrorKind.Connection);
    /// <summary>There was no response in the time allowed.</summary>
    public static OAuthErrorId RequestTimeout { get; } = new(OAuthErrorKind.Timeout);
    /// <summary>The server redirects to another origin; credentials are not sent there.</summary>
    public static OAuthErrorId RedirectToOtherOrigin { get; } = new(OAuthErrorKind.Connection);
    /// <summary>The server redirects in a way that would turn the request into a GET.</summary>
    public static OAuthErrorId RedirectDropsMethod { get; } = new(OAuthErrorKind.Connection);
    /// <summary>The server redirects to something that is no address, or to one with a user name in it.</summary>
    public static OAuthErrorId RedirectInvalid { get; } = new(OAuthErrorKind.Connection);
    /// <summary>The server's metadata has an endpoint of the session at another origin now; nothing is sent there.</summary>
    public static OAuthErrorId EndpointMoved { get; } = new(OAuthErrorKind.NotSupported);
    /// <summary>The server redirects again and again.</summary>
    public static OAuthErrorId RedirectLoop { get; } = new(OAuthErrorKind.Connection);

    // What the server answered.
    /// <summary>The server does not accept the client (<c>invalid_client</c>, or a bare 401 where a client proves itself).</summary>
    public static OAuthErrorId InvalidClient { get; } = new(OAuthErrorKind.Authentication);
    /// <summary>The refresh token, code or password is wrong, expired, revoked or already used (<c>invalid_grant</c>).</summary>
    public static OAuthErrorId InvalidGrant { get; } = new(OAuthErrorKind.Authentication);
    /// <summary>The server does not understand the request (<c>invalid_request</c>).</summary>
    public static OAuthErrorId InvalidRequest { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The scope is unknown or was not granted to this client (<c>invalid_scope</c>).</summary>
    public static OAuthErrorId InvalidScope { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The server does not take the DPoP proof, or wants one (<c>invalid_dpop_proof</c>, RFC 9449).</summary>
    public static OAuthErrorId InvalidDPoPProof { get; } = new(OAuthErrorKind.Authentication);
    /// <summary>
    /// The server does not know the resource or audience, or not for this client (<c>invalid_target</c>, RFC 8707, RFC 8693).
    /// </summary>
    public static OAuthErrorId InvalidTarget { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The server does not take the signed request (<c>invalid_request_object</c>, RFC 9101).</summary>
    public static OAuthErrorId InvalidRequestObject { get; } = new(OAuthErrorKind.Authentication);
    /// <summary>The client may not do this (<c>unauthorized_client</c>, or a bare 403 where a client proves itself).</summary>
    public static OAuthErrorId UnauthorizedClient { get; } = new(OAuthErrorKind.Permission);
    /// <summary>The server does not offer the grant (<c>unsupported_grant_type</c>).</summary>
    public static OAuthErrorId UnsupportedGrantType { get; } = new(OAuthErrorKind.NotSupported);
    /// <summary>The user or the provider's policy said no (<c>access_denied</c>).</summary>
    public static OAuthErrorId AccessDenied { get; } = new(OAuthErrorKind.Permission);
    /// <summary>Status 401 with words of the server's own, or where a user or a token may be refused.</summary>
    public static OAuthErrorId Unauthorized { get; } = new(OAuthErrorKind.Authentication);
    /// <summary>Status 403: known, and not allowed.</summary>
    public static OAuthErrorId Forbidden { get; } = new(OAuthErrorKind.Permission);
    /// <summary>Status 404: there is nothing at that address.</summary>
    public static OAuthErrorId EndpointNotFound { get; } = new(OAuthErrorKind.NotFound);
    /// <summary>Status 429: the server asks for fewer requests.</summary>
    public static OAuthErrorId TooManyRequests { get; } = new(OAuthErrorKind.LimitsExceeded);
    /// <summary>The server failed (status 500 and above).</summary>
    public static OAuthErrorId ServerError { get; } = new(OAuthErrorKind.ServerFailure);
    /// <summary>The server refused the request and gave no reason that has a name.</summary>
    public static OAuthErrorId RequestRefused { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The response has no body.</summary>
    public static OAuthErrorId ResponseEmpty { get; } = new(OAuthErrorKind.InvalidResponse);
    /// <summary>What came back is not HTTP.</summary>
    public static OAuthErrorId ResponseNotHttp { get; } = new(OAuthErrorKind.InvalidResponse);
    /// <summary>The response is not the JSON that was expected.</summary>
    public static OAuthErrorId ResponseNotJson { get; } = new(OAuthErrorKind.InvalidResponse);
    /// <summary>The response is too large, and was not read on.</summary>
    public static OAuthErrorId ResponseTooLarge { get; } = new(OAuthErrorKind.InvalidResponse);
    /// <summary>A member is missing from the response, comes twice, or cannot be used.</summary>
    public static OAuthErrorId ResponseIncomplete { get; } = new(OAuthErrorKind.InvalidResponse);
    /// <summary>The token is of a type that this module cannot use.</summary>
    public static OAuthErrorId TokenTypeUnknown { get; } = new(OAuthErrorKind.InvalidResponse);
    /// <summary>The token is not bound to the session's DPoP key, though that was asked for; it is not used.</summary>
    public static OAuthErrorId TokenNotBound { get; } = new(OAuthErrorKind.InvalidResponse);
    /// <summary>The ID token does not pass a check; neither it nor the tokens beside it are used.</summary>
    public static OAuthErrorId IdTokenInvalid { get; } = new(OAuthErrorKind.InvalidResponse);
    /// <summary>The UserInfo response does not pass a check, such as that of its subject; it is not used.</summary>
    public static OAuthErrorId UserInfoInvalid { get; } = new(OAuthErrorKind.InvalidResponse);

    // Signing in.
    /// <summary>The flow needs a person, and there is nobody to ask.</summary>
    public static OAuthErrorId SignInNeeded { get; } = new(OAuthErrorKind.NotSupported);
    /// <summary>Nobody signed in within the time.</summary>
    public static OAuthErrorId SignInTimeout { get; } = new(OAuthErrorKind.Timeout);
    /// <summary>The port of the redirect URI is in use, or may not be listened on.</summary>
    public static OAuthErrorId PortNotAvailable { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The response to the sign-in does not belong to this sign-in, or is not whole.</summary>
    public static OAuthErrorId AuthorizationResponseInvalid { get; } = new(OAuthErrorKind.InvalidResponse);
}
