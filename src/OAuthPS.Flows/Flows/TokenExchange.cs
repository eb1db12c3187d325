using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Flows;

/// <summary>A token that is exchanged for another (RFC 8693 section 2.1).</summary>
/// <param name="SubjectToken">The token of the party that the new one is for.</param>
public sealed record TokenExchange(Secret SubjectToken) : FlowInput
{
    private const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";

    /// <inheritdoc/>
    public override OAuthInput Kind => OAuthInput.SubjectToken;

    /// <summary>The kind of the subject token, a URI of section 3; an access token by default.</summary>
    public string SubjectTokenType { get; init; } = AccessTokenType;

    /// <summary>The token of the party acting for the subject; null for nobody.</summary>
    public Secret? ActorToken { get; init; }

    /// <summary>The kind of the actor token.</summary>
    public string ActorTokenType { get; init; } = AccessTokenType;

    /// <summary>The kind of token wanted; the server chooses when null.</summary>
    public string? RequestedTokenType { get; init; }

    /// <summary>The services that take the new token, by the names they have at the server.</summary>
    public IReadOnlyList<string> Audience { get; init; } = [];

    internal override string? EmptyPart => SubjectToken.IsEmpty ? "subject token" : ActorToken is { IsEmpty: true } ? "actor token" : null;
}
