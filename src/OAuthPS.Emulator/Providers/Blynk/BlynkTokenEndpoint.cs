using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary><c>POST /oauth2/token</c>: the parameters travel in the query, a body is not read.</summary>
internal sealed class BlynkTokenEndpoint(EmulatorContext emulator, AccessTokens accessTokens)
{
    /// <summary>
    /// "Currently, access tokens expire after 24 hours (86,400 seconds) and refresh tokens share the same lifetime."
    /// </summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(24);

    private readonly RefreshTokens _refreshTokens = new(emulator);

    /// <summary>Answers a token request.</summary>
    public Answer Handle(HttpContext context)
    {
        var query = RequestParameters.FromQuery(context);
        if (query.Doubled is { } doubled)
        {
            return OAuthError.Doubled(doubled);
        }

        if (query["grant_type"] is not { } grantType)
        {
            return OAuthError.Missing("grant_type");
        }

        return RefuseClient(context, query) ?? grantType switch
        {
            "client_credentials" => Issue(new Grant(DemoAccounts.BlynkClientId, user: null, scope: "")),
            "refresh_token" => Refresh(query),
            _ => OAuthError.UnsupportedGrantType(),
        };
    }

    // By header ("preferred") or by query; RFC 6749 section 2.3 wants one method in a request.
    private static Answer? RefuseClient(HttpContext context, RequestParameters query)
    {
        var offered = BasicCredentials.AreOffered(context);
        if (offered && query["client_secret"] is not null)
        {
            return OAuthError.InvalidRequest("The client authenticates in more than one way.");
        }

        var credentials = offered ? BasicCredentials.Of(context) : new(query["client_id"] ?? "", query["client_secret"] ?? "");
        return credentials?.Match(DemoAccounts.BlynkClientId, DemoAccounts.BlynkClientSecret) == true
            ? null
            : OAuthError.InvalidClient("Client ID is not found or password is wrong.");
    }

    private Answer Refresh(RequestParameters query)
    {
        if (query["refresh_token"] is not { } refreshToken)
        {
            return OAuthError.Missing("refresh_token");
        }

        return _refreshTokens.Use(refreshToken, DemoAccounts.BlynkClientId) is { } grant
            ? Issue(grant)
            : OAuthError.InvalidGrant("The refresh token is unknown, expired or was used before.");
    }

    private Answer Issue(Grant grant)
    {
        var issued = accessTokens.Issue(grant);
        return Answer.Token(new JsonObject
        {
            ["access_token"] = issued.Token,
            ["token_type"] = "Bearer",
            ["expires_in"] = issued.ExpiresIn,
            ["refresh_token"] = _refreshTokens.Issue(grant, emulator.Settings.RefreshTokenLifetime ?? TokenLifetime),
        });
    }
}
