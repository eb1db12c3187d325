using OAuthPS.Flows.Protocol;

namespace OAuthPS.Flows.Grants;

/// <summary>A token that is to be exchanged for another (RFC 8693 section 2.1).</summary>
/// <param name="SubjectToken">The token of whom the new one is for.</param>
public sealed record TokenExchange(Secret SubjectToken)
{
    private const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";

    /// <summary>What kind of token that is, a URI of section 3; an access token when nothing else is said.</summary>
    public string SubjectTokenType { get; init; } = AccessTokenType;

    /// <summary>The token of whom acts for the subject; null for nobody.</summary>
    public Secret? ActorToken { get; init; }

    /// <summary>What kind of token that is.</summary>
    public string ActorTokenType { get; init; } = AccessTokenType;

    /// <summary>What kind of token is wanted; the server chooses when null.</summary>
    public string? RequestedTokenType { get; init; }

    /// <summary>Who is to take the new token, by the names they have at the server.</summary>
    public IReadOnlyList<string> Audience { get; init; } = [];
}
