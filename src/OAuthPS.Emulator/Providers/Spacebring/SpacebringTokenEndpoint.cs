using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>
/// <c>POST /oauth2/token</c>: the client authenticates in the body, and nowhere else. No <c>redirect_uri</c> and no
/// <c>code_verifier</c> are documented; what is not documented is not looked at (RFC 6749 section 3.2).
/// </summary>
internal sealed class SpacebringTokenEndpoint(AccessTokens accessTokens, RefreshTokens refreshTokens, AuthorizationCodes codes)
{
    /// <summary>Answers a token request.</summary>
    public Answer Handle(HttpContext context)
    {
        if (!TokenForm.TryRead(context, out var form, out var grantType, out var refusal))
        {
            return refusal;
        }

        return RefuseClient(context, form) ?? grantType switch
        {
            "authorization_code" => ExchangeCode(form),
            "refresh_token" => Refresh(form),
            _ => OAuthError.UnsupportedGrantType(),
        };
    }

    private static Answer? RefuseClient(HttpContext context, RequestParameters form)
    {
        if (form.FirstMissing("client_id", "client_secret") is { } missing)
        {
            return OAuthError.InvalidClient($"The parameter {missing} is missing in the body.");
        }

        if (BasicCredentials.AreOffered(context))
        {
            return OAuthError.InvalidRequest("The client authenticates in more than one way.");
        }

        var client = new BasicCredentials(form["client_id"]!, form["client_secret"]!);
        return client.Match(DemoAccounts.SpacebringClientId, DemoAccounts.SpacebringClientSecret)
            ? null
            : OAuthError.InvalidClient("The client is unknown or its secret is wrong.");
    }

    private Answer ExchangeCode(RequestParameters form)
    {
        if (form["code"] is not { } code)
        {
            return OAuthError.Missing("code");
        }

        return codes.TryUse(code, DemoAccounts.SpacebringClientId, _ => null, out var issued, out var refusal)
            ? Issue(issued.Grant, issued.Grant.Scope, refreshTokens.Issue(issued.Grant, lifetime: null))
            : OAuthError.InvalidGrant(refusal);
    }

    // "Refresh tokens don't have expiration date and are not changed when you get new access token."
    private Answer Refresh(RequestParameters form)
    {
        if (form["refresh_token"] is not { } refreshToken)
        {
            return OAuthError.Missing("refresh_token");
        }

        if (refreshTokens.Find(refreshToken, DemoAccounts.SpacebringClientId) is not { } grant)
        {
            return OAuthError.InvalidGrant("The refresh token is unknown or was revoked.");
        }

        var scope = form["scope"] ?? grant.Scope;
        return ScopeText.IsWithin(scope, grant.Scope)
            ? Issue(grant, scope, refreshToken: null)
            : OAuthError.InvalidScope("scope asks for more than was granted.");
    }

    private Answer Issue(Grant grant, string scope, string? refreshToken)
    {
        var issued = accessTokens.Issue(grant, scope, _ => SecretText.New());
        var answer = new JsonObject { ["access_token"] = issued.Token, ["expires_in"] = issued.ExpiresIn };
        if (refreshToken is not null)
        {
            answer["refresh_token"] = refreshToken;
        }

        answer["scope"] = scope;
        answer["token_type"] = "Bearer";
        return Answer.Token(answer);
    }
}
