namespace OAuthPS.Flows.Providers;

/// <summary>How clients write their assertions for a provider (RFC 7523 section 3), where it wants them otherwise than usual.</summary>
public sealed record ClientAssertionFormat
{
    /// <summary>
    /// Whom they are for (<c>aud</c>); null for the issuer, or for the token endpoint of a provider whose issuer is not known.
    /// </summary>
    public string? Audience { get; init; }

    /// <summary>
    /// The <c>typ</c> of their header; null for <c>client-authentication+jwt</c> where they are for the issuer, and <c>JWT</c> else.
    /// </summary>
    public string? Type { get; init; }

    /// <summary>Whether <c>client_id</c> goes beside them (RFC 7521 section 4.2).</summary>
    public bool SendsClientId { get; init; } = true;

    /// <summary>
    /// Whether their header has the SHA-1 thumbprint of the key's certificate (RFC 7515 section 4.1.7, <c>x5t</c>) beside the SHA-256 one.
    /// </summary>
    public bool SendsSha1Thumbprint { get; init; }
}
