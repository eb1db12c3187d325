namespace OAuthPS.Flows;

/// <summary>
/// What a caller can give, or leave out, as a failure names it. A program turns it into its own words: a parameter, a setting, a field.
/// </summary>
public enum OAuthInput
{
    /// <summary>The address of the provider.</summary>
    ServiceUrl,

    /// <summary>The flow.</summary>
    Flow,

    /// <summary>The client id and secret (RFC 6749 section 2.3.1).</summary>
    ClientSecret,

    /// <summary>The id of a client without a secret (RFC 6749 section 2.2).</summary>
    ClientId,

    /// <summary>The client's private key (RFC 7523 section 2.2).</summary>
    ClientKey,

    /// <summary>The client's TLS certificate (RFC 8705).</summary>
    ClientCertificate,

    /// <summary>How the client authenticates.</summary>
    ClientAuthentication,

    /// <summary>The user's name and password (RFC 6749 section 4.3).</summary>
    UserCredential,

    /// <summary>A refresh token (RFC 6749 section 6).</summary>
    RefreshToken,

    /// <summary>A code from a redirect (RFC 6749 section 4.1.2).</summary>
    AuthorizationCode,

    /// <summary>The token to exchange (RFC 8693).</summary>
    SubjectToken,

    /// <summary>The token of the party acting for the subject (RFC 8693).</summary>
    ActorToken,

    /// <summary>A JWT as the grant (RFC 7523 section 2.1).</summary>
    Assertion,

    /// <summary>Claims of an assertion that the client's key signs.</summary>
    AssertionClaims,

    /// <summary>The scope (RFC 6749 section 3.3).</summary>
    Scope,

    /// <summary>Where the token is used (RFC 8707).</summary>
    Resource,

    /// <summary>The address of an API that takes the token.</summary>
    ApiUrl,

    /// <summary>What the token is used for, in detail (RFC 9396).</summary>
    AuthorizationDetails,

    /// <summary>That the client signs what a sign-in asks for (RFC 9101).</summary>
    SignedRequest,

    /// <summary>That the server signs its response to a sign-in (JARM).</summary>
    SignedResponse,

    /// <summary>Whom the token is for, by the names that APIs have at the server.</summary>
    Audience,

    /// <summary>A parameter besides those of the flow.</summary>
    AdditionalParameter,

    /// <summary>A header.</summary>
    Header,

    /// <summary>That tokens are bound to a key of the session (RFC 9449).</summary>
    DPoP,

    /// <summary>The algorithm with which the client's key signs (RFC 7518 section 3.1).</summary>
    ClientKeyAlgorithm,

    /// <summary>The key or secret that verifies a signature.</summary>
    VerificationKey,

    /// <summary>The credential that a vendor's own client keeps.</summary>
    VendorCredential,

    /// <summary>That the token is revoked (RFC 7009).</summary>
    Revocation,

    /// <summary>The proxy, and what it wants to know.</summary>
    Proxy,

    /// <summary>Certificate authorities that are trusted besides the system's.</summary>
    CertificateAuthority,
}
