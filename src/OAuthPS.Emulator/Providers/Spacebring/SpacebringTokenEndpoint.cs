using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OAuthPS.Emulator;

/// <summary>
/// <c>POST /oauth2/token</c>: the client authenticates in the body, and nowhere else. No <c>redirect_uri</c> and no
/// <c>code_verifier</c> are documented; what is not documented is not looked at (RFC 6749 section 3.2).
/// </summary>
internal sealed class SpacebringTokenEndpoint(AccessTokens accessTokens, RefreshTokens refreshTokens, AuthorizationCodes codes)
{
    public Answer Handle(HttpContext context)
    {
        if (RequestParameters.FromForm(context) is not { } form)
            return OAuthError.InvalidRequest($"The content type must be {MediaType.Form}.");
        if (form.Doubled is { } doubled)
            return OAuthError.Doubled(doubled);
        if (form["grant_type"] is not { } grantType)
            return OAuthError.Missing("grant_type");
        if (RefuseClient(context, form) is { } refusal)
            return refusal;
        return grantType switch
        {
            "authorization_code" => ExchangeCode(form),
            "refresh_token" => Refresh(form),
            _ => OAuthError.UnsupportedGrantType(),
        };
    }

    private static Answer? RefuseClient(HttpContext context, RequestParameters form)
    {
        if (form.FirstMissing("client_id", "client_secret") is { } missing)
            return OAuthError.InvalidClient($"The parameter {missing} is missing in the body.");
        if (BasicCredentials.AreOffered(context))
            return OAuthError.InvalidRequest("The client authenticates in more than one way.");
        return new BasicCredentials(form["client_id"]!, form["client_secret"]!).Match(DemoAccounts.SpacebringClientId, DemoAccounts.SpacebringClientSecret)
            ? null
            : OAuthError.InvalidClient("The client is unknown or its secret is wrong.");
    }

    private Answer ExchangeCode(RequestParameters form)
    {
        if (form["code"] is not { } code)
            return OAuthError.Missing("code");
        return codes.TryUse(code, DemoAccounts.SpacebringClientId, _ => null, out var issued, out var refusal)
            ? Issue(issued.Grant, issued.Grant.Scope, refreshTokens.Issue(issued.Grant, lifetime: null))
            : OAuthError.InvalidGrant(refusal);
    }

    // "Refresh tokens don't have expiration date and are not changed when you get new access token."
    private Answer Refresh(RequestParameters form)
    {
        if (form["refresh_token"] is not { } refreshToken)
            return OAuthError.Missing("refresh_token");
        if (refreshTokens.Find(refreshToken, DemoAccounts.SpacebringClientId) is not { } grant)
            return OAuthError.InvalidGrant("The refresh token is unknown or was revoked.");
        var scope = form["scope"] ?? grant.Scope;
        return ScopeText.IsWithin(scope, grant.Scope)
            ? Issue(grant, scope, refreshToken: null)
            : OAuthError.InvalidScope("scope asks for more than was granted.");
    }

    private Answer Issue(Grant grant, string scope, string? refreshToken)
    {
        var issued = accessTokens.Issue(grant);
        var answer = new JsonObject { ["access_token"] = issued.Token, ["expires_in"] = issued.ExpiresIn };
        if (refreshToken is not null)
            answer["refresh_token"] = refreshToken;
        answer["scope"] = scope;
        answer["token_type"] = "Bearer";
        return Answer.Token(answer);
    }
}
