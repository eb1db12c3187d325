using System.Globalization;
using System.Text.Json.Nodes;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Emulator;

/// <summary>The tokens that a rehearsed server gives, in the words of its dialect.</summary>
internal sealed class RehearsedTokens(EmulatorContext emulator, Rehearsal rehearsal, AccessTokens accessTokens)
{
    private readonly RefreshTokens _refreshTokens = new(emulator);

    /// <summary>The tokens of a grant.</summary>
    public Answer Issue(Grant grant) => Answer(grant, grant.Scope, NewRefreshToken(grant));

    /// <summary>The tokens for a refresh token.</summary>
    /// <param name="refreshToken">The token.</param>
    /// <param name="scope">What is asked for; all that was granted when null.</param>
    public Answer Refresh(string refreshToken, string? scope)
    {
        var isUsedUp = rehearsal.Provider.RefreshTokens is not RefreshTokenUse.Reusable;
        if (_refreshTokens.Find(refreshToken, DemoAccounts.RehearsalClientId) is not { } grant)
        {
            return rehearsal.Dialect.Refuse(new("invalid_grant", "The refresh token is unknown, expired or was used before."));
        }

        if (scope is not null && !ScopeText.IsWithin(scope, grant.Scope))
        {
            return rehearsal.Dialect.Refuse(new("invalid_scope", "scope asks for more than was granted."));
        }

        return isUsedUp && _refreshTokens.Use(refreshToken, DemoAccounts.RehearsalClientId) is null
            ? rehearsal.Dialect.Refuse(new("invalid_grant", "The refresh token was used before."))
            : Answer(grant, scope ?? grant.Scope, isUsedUp ? NewRefreshToken(grant) : null);
    }

    /// <summary>Ends what a token stands for, whoever asks; one that is not known is as dead as the caller wants it.</summary>
    public void Revoke(string token)
    {
        _refreshTokens.Find(token)?.End();
        accessTokens.Find(token, out var accessToken);
        accessToken?.Grant.End();
    }

    private string? NewRefreshToken(Grant grant)
        => grant.User is null || rehearsal.Provider.RefreshTokens == RefreshTokenUse.None
            ? null
            : _refreshTokens.Issue(grant, emulator.Settings.RefreshTokenLifetime ?? OfSeconds(rehearsal.Dialect.Lifetimes.RefreshToken));

    private static TimeSpan? OfSeconds(long? seconds) => seconds is { } some ? TimeSpan.FromSeconds(some) : null;

    private Answer Answer(Grant grant, string scope, string? refreshToken)
    {
        var issued = accessTokens.Issue(grant, scope, _ => SecretText.New());
        var values = new Dictionary<string, JsonValue>
        {
            [Placeholders.AccessToken] = JsonValue.Create(issued.Token),
            [Placeholders.ExpiresIn] = JsonValue.Create(issued.ExpiresIn),
            [Placeholders.ExpiresAt] = JsonValue.Create(issued.ExpiresAt),
            [Placeholders.ExpiresAtDate] = JsonValue.Create(
                DateTimeOffset.FromUnixTimeSeconds(issued.ExpiresAt).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        };
        if (refreshToken is not null)
        {
            values[Placeholders.RefreshToken] = JsonValue.Create(refreshToken);
        }

        if (scope.Length > 0)
        {
            values[Placeholders.Scope] = JsonValue.Create(scope);
        }

        return rehearsal.Dialect.Token.Fill(200, values).WithDefault("Cache-Control", "no-store");
    }
}
