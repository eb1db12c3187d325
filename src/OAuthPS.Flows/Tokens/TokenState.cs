using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tokens;

/// <summary>What a session holds at one moment. It never changes; a renewal puts another in its place.</summary>
internal sealed class TokenState
{
    private static readonly TimeSpan _margin = TimeSpan.FromSeconds(60);

    private readonly TimeSpan _ownMargin;

    internal TokenState(AccessToken token, Secret? refreshToken, string? subject)
    {
        Token = token;
        RefreshToken = refreshToken;
        Subject = subject;

        // A minute covers a slow request and a clock that is a little off. A token that lives ten minutes or less would be
        // renewed too early by it: a tenth of its life is enough there.
        var tenth = (token.ExpiresAt - token.ObtainedAt) / 10;
        _ownMargin = tenth < _margin ? tenth.Value : _margin;
    }

    internal AccessToken Token { get; }

    internal Secret? RefreshToken { get; }

    /// <summary>Who signed in, by a checked ID token.</summary>
    internal string? Subject { get; }

    /// <summary>The last ID token that came with tokens of this session; null where none did.</summary>
    internal Secret? IdToken { get; init; }

    /// <summary>How long the refresh token lives; null when that is not known.</summary>
    internal TokenSpan? RefreshTokenSpan { get; init; }

    /// <summary>What servers have said besides the tokens, by their own names.</summary>
    internal IReadOnlyDictionary<string, ResponseMember> Members { get; init; } = ResponseMembers.None;

    /// <summary>Whether the token is good for longer than its margin and for what was asked besides.</summary>
    internal bool IsGood(DateTimeOffset now, TimeSpan minimumLifetime) =>
        Token.ExpiresAt is not { } expiresAt || expiresAt - now > (minimumLifetime > _ownMargin ? minimumLifetime : _ownMargin);

    /// <summary>Whether the server would still take the token, margin or not.</summary>
    internal bool IsValid(DateTimeOffset now, TimeSpan minimumLifetime) =>
        Token.ExpiresAt is not { } expiresAt || (expiresAt > now && expiresAt - now >= minimumLifetime);

    /// <summary>The same access token beside the refresh token that the server has put in the place of the old one.</summary>
    internal TokenState With(Secret refreshToken) => new(Token, refreshToken, Subject) { IdToken = IdToken, Members = Members };

    /// <summary>The state after a response. RFC 6749 section 6: a response without a refresh token leaves the old one in force.</summary>
    internal TokenState After(TokenResponse response) => response.Subject is null || Subject is null || response.Subject == Subject
        ? new(response.AccessToken, response.RefreshToken ?? RefreshToken, response.Subject ?? Subject)
        {
            // OpenID Connect Core 1.0 section 12.2: a refresh need not bring another.
            IdToken = response.IdToken ?? IdToken,

            // A new refresh token of which nothing is said has an end of its own; the old one keeps its.
            RefreshTokenSpan = response.RefreshTokenSpan
                ?? (response.RefreshToken is null || response.RefreshToken.Reveal() == RefreshToken?.Reveal() ? RefreshTokenSpan : null),
            Members = ResponseMembers.Merge(Members, response.Members),
        }
        : throw Errors.IdToken("names another subject than before (sub)");
}
