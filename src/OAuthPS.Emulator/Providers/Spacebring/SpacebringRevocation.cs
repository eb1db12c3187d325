using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>
/// <c>POST /oauth2/revoke</c> "with token in query parameters": ends the refresh token and the access tokens alike. What
/// it answers is not documented; neither is a client's authentication.
/// </summary>
internal static class SpacebringRevocation
{
    /// <summary>Ends what the token stands for.</summary>
    public static Answer Handle(HttpContext context, AccessTokens accessTokens, RefreshTokens refreshTokens)
    {
        var query = RequestParameters.FromQuery(context);
        if (query.Doubled is { } doubled)
        {
            return OAuthError.Doubled(doubled);
        }

        if (query["token"] is not { } token)
        {
            return OAuthError.InvalidRequest("The parameter token is missing in the query.");
        }

        if (refreshTokens.Find(token) is { } refreshed)
        {
            refreshed.End();
        }

        accessTokens.Find(token, out var accessed);
        accessed?.Grant.End();
        // A token that is not known is no error: it is as dead as the caller wants it (RFC 7009 section 2.2).
        return Answer.Json(200, new JsonObject());
    }
}
