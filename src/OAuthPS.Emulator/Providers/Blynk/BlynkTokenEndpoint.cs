using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OAuthPS.Emulator;

/// <summary><c>POST /oauth2/token</c>: the parameters travel in the query, a body is not read.</summary>
internal sealed class BlynkTokenEndpoint(EmulatorContext emulator, AccessTokens accessTokens, RefreshTokens refreshTokens)
{
    public Answer Handle(HttpContext context)
    {
        var query = RequestParameters.FromQuery(context);
        if (query.Doubled is { } doubled)
            return OAuthError.Doubled(doubled);
        if (query["grant_type"] is not { } grantType)
            return OAuthError.Missing("grant_type");
        if (RefuseClient(context, query) is { } refusal)
            return refusal;

        switch (grantType)
        {
            case "client_credentials":
                return Issue(new Grant(DemoAccounts.BlynkClientId, user: null, scope: ""));
            case "refresh_token":
                if (query["refresh_token"] is not { } refreshToken)
                    return OAuthError.Missing("refresh_token");
                return refreshTokens.Use(refreshToken, DemoAccounts.BlynkClientId) is { } grant
                    ? Issue(grant)
                    : OAuthError.InvalidGrant("The refresh token is unknown, expired or was used before.");
            default:
                return OAuthError.UnsupportedGrantType();
        }
    }

    // By header ("preferred") or by query; RFC 6749 section 2.3 wants one method in a request.
    private static Answer? RefuseClient(HttpContext context, RequestParameters query)
    {
        var offered = BasicCredentials.AreOffered(context);
        if (offered && query["client_secret"] is not null)
            return OAuthError.InvalidRequest("The client authenticates in more than one way.");
        var credentials = offered ? BasicCredentials.Of(context) : new(query["client_id"] ?? "", query["client_secret"] ?? "");
        return credentials?.Match(DemoAccounts.BlynkClientId, DemoAccounts.BlynkClientSecret) == true
            ? null
            : OAuthError.InvalidClient("Client ID is not found or password is wrong.");
    }

    private Answer Issue(Grant grant)
    {
        var issued = accessTokens.Issue(grant);
        return Answer.Token(new JsonObject
        {
            ["access_token"] = issued.Token,
            ["token_type"] = "Bearer",
            ["expires_in"] = issued.ExpiresIn,
            ["refresh_token"] = refreshTokens.Issue(grant, RefreshTokenLifetime()),
        });
    }

    // Documented to live as long as the access token, which leaves no moment to use it after that has expired.
    // Twice as long by default, so that a renewal can be rehearsed; the settings can have it as documented.
    private TimeSpan RefreshTokenLifetime()
    {
        var twice = accessTokens.Lifetime * 2;
        return emulator.Settings.RefreshTokenLifetime ?? (twice > TimeSpan.FromSeconds(60) ? twice : TimeSpan.FromSeconds(60));
    }
}
