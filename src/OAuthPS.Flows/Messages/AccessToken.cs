using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>An access token and what its server said of it (RFC 6749 section 1.4). It never changes; a renewal gives another.</summary>
public sealed class AccessToken
{
    internal AccessToken(Secret value, string tokenType, DateTimeOffset obtainedAt, DateTimeOffset? expiresAt, string? scope)
    {
        Value = value;
        TokenType = tokenType;
        ObtainedAt = obtainedAt;
        ExpiresAt = expiresAt;
        Scope = scope;
    }

    /// <summary>The token.</summary>
    public Secret Value { get; }

    /// <summary>
    /// How it is used (RFC 6749 section 7.1), as the <c>Authorization</c> header writes it: <c>Bearer</c>, or <c>DPoP</c> (RFC 9449 section
    /// 7.1); <c>N_A</c> for one that no API takes (RFC 8693 section 2.2.1).
    /// </summary>
    public string TokenType { get; }

    /// <summary>When the request that brought it was sent, UTC.</summary>
    public DateTimeOffset ObtainedAt { get; }

    /// <summary>From when on it is no longer valid, UTC; null when the server did not say.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>What was granted in detail, a JSON array (RFC 9396 section 7); null when the server did not say.</summary>
    public string? AuthorizationDetails { get; init; }

    /// <summary>The scope granted, tokens separated by spaces; null when the server did not say.</summary>
    public string? Scope { get; }
}
