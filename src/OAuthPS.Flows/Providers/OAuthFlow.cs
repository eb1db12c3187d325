namespace OAuthPS.Flows.Providers;

/// <summary>The ways to a session.</summary>
public enum OAuthFlow
{
    /// <summary>The client on its own behalf (RFC 6749 section 4.4).</summary>
    ClientCredentials,

    /// <summary>A person signs in with a browser; the client exchanges a code (RFC 6749 section 4.1).</summary>
    AuthorizationCode,

    /// <summary>A person signs in with a browser, and the token arrives in the redirect (RFC 6749 section 4.2). Advised against by RFC 9700.</summary>
    Implicit,

    /// <summary>The user's name and password go to the token endpoint (RFC 6749 section 4.3). Advised against by RFC 9700.</summary>
    Password,

    /// <summary>A refresh token that the user already has (RFC 6749 section 6).</summary>
    RefreshToken,

    /// <summary>A person signs in on another device (RFC 8628).</summary>
    DeviceCode,

    /// <summary>One token for another (RFC 8693).</summary>
    TokenExchange,

    /// <summary>A JWT that somebody whom the server trusts has signed (RFC 7523 section 2.1): one that the user has, or one that the client's key signs.</summary>
    JwtBearer,

    /// <summary>HTTP Basic (RFC 7617): on every API call, or once, for a temporary token.</summary>
    Basic,
}
