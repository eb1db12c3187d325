namespace OAuthPS.Flows.Sessions;

/// <summary>How a token was tested.</summary>
public enum TokenTestMethod
{
    /// <summary>The server was asked (RFC 7662). It knows of revocations.</summary>
    Introspection,

    /// <summary>The signature and claims of a JWT were checked here (RFC 9068 section 4). A revocation does not show in them.</summary>
    Local,
}

/// <summary>Whether a token is good, why, and until when. It holds no secret.</summary>
public sealed record OAuthTokenTest
{
    /// <summary>Whether it is good now.</summary>
    public required bool IsActive { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>How that was found out.</summary>
    public required TokenTestMethod Method { get; init; }

    /// <summary>From when on it is no longer good, UTC; null when nobody said.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whom it stands for (<c>sub</c>).</summary>
    public string? Subject { get; init; }

    /// <summary>The name of the user, where the server says it (<c>username</c>).</summary>
    public string? UserName { get; init; }

    /// <summary>The scope granted.</summary>
    public string? Scope { get; init; }

    /// <summary>The client it was given to (<c>client_id</c>).</summary>
    public string? ClientId { get; init; }

    /// <summary>Whom it is for (<c>aud</c>).</summary>
    public IReadOnlyList<string> Audience { get; init; } = [];

    /// <summary>Who issued it (<c>iss</c>).</summary>
    public string? Issuer { get; init; }

    /// <summary>Whether it is good, and why.</summary>
    public override string ToString() => Reason;
}
