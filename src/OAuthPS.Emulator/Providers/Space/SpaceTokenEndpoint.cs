using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary><c>POST /oauth/token</c>: client credentials, authorization code, password and refresh token.</summary>
internal sealed class SpaceTokenEndpoint(EmulatorContext emulator, SpaceTokens tokens, AuthorizationCodes codes)
{
    private readonly RefreshTokens _refreshTokens = new(emulator);

    /// <summary>Answers a token request.</summary>
    public Answer Handle(HttpContext context)
    {
        if (!TokenForm.TryRead(context, out var form, out var grantType, out var refusal)
            || !SpaceClient.TryAuthenticate(context, form, out var client, out refusal))
        {
            return refusal;
        }

        // A client without a secret proves nothing by its id (RFC 6749 section 4.4).
        if (client.IsPublic && grantType is ("client_credentials" or "password"))
        {
            return OAuthError.UnauthorizedClient($"A public client may not use grant_type={grantType}.");
        }

        return grantType switch
        {
            "client_credentials" => ForItself(form, client),
            "authorization_code" => ExchangeCode(form, client),
            "password" => ForUser(form, client),
            "refresh_token" => Refresh(form, client),
            _ => OAuthError.UnsupportedGrantType(),
        };
    }

    private Answer ForItself(RequestParameters form, SpaceClient client)
    {
        var scope = form["scope"] ?? SpaceScope.Everything;
        return SpaceScope.IsValid(scope) ? Issue(new Grant(client.Id, user: null, scope), scope, offline: false) : BadScope();
    }

    private Answer ExchangeCode(RequestParameters form, SpaceClient client)
    {
        if (form.FirstMissing("code", "redirect_uri") is { } missing)
        {
            return OAuthError.Missing(missing);
        }

        return codes.TryUse(form["code"]!, client.Id, Check, out var issued, out var refusal)
            ? Issue(issued.Grant, issued.Grant.Scope, issued.Request.Offline)
            : OAuthError.InvalidGrant(refusal);

        // The same redirect URI as in the authorization request (RFC 6749 section 4.1.3).
        string? Check(AuthorizationRequest request)
            => form["redirect_uri"] != request.RedirectUri
                ? "redirect_uri is not the one of the authorization request."
                : Pkce.Refusal(request.CodeChallenge, form["code_verifier"]);
    }

    private Answer ForUser(RequestParameters form, SpaceClient client)
    {
        if (form.FirstMissing("username", "password", "scope") is { } missing)
        {
            return OAuthError.Missing(missing);
        }

        if (form["access_type"] is not (null or "online" or "offline"))
        {
            return OAuthError.InvalidRequest("access_type must be online or offline.");
        }

        var scope = form["scope"]!;
        if (!SpaceScope.IsValid(scope))
        {
            return BadScope();
        }

        return form["username"] == DemoAccounts.SpaceUserName & form["password"]!.IsSameSecret(DemoAccounts.SpacePassword)
            ? Issue(new Grant(client.Id, DemoAccounts.SpaceUserName, scope), scope, form["access_type"] == "offline")
            : OAuthError.InvalidGrant("User name or password is wrong.");
    }

    // The answer leaves refresh_token out: the old one stays good. Space's table says that scope is required, its example has none:
    // both are taken, and without one the scope is what was granted.
    private Answer Refresh(RequestParameters form, SpaceClient client)
    {
        if (form["refresh_token"] is not { } refreshToken)
        {
            return OAuthError.Missing("refresh_token");
        }

        if (_refreshTokens.Find(refreshToken, client.Id) is not { } grant)
        {
            return OAuthError.InvalidGrant("The refresh token is unknown, expired or was issued to another client.");
        }

        var scope = form["scope"] ?? grant.Scope;
        return SpaceScope.IsValid(scope) && SpaceScope.IsWithin(scope, grant.Scope)
            ? Issue(grant, scope, offline: false)
            : OAuthError.InvalidScope("scope asks for more than was granted.");
    }

    private static Answer BadScope() => OAuthError.InvalidScope("scope is ** or a list of tokens separated by spaces.");

    private Answer Issue(Grant grant, string scope, bool offline)
    {
        var issued = tokens.Issue(grant, scope);
        var answer = new JsonObject
        {
            ["access_token"] = issued.Token,
            ["token_type"] = "Bearer",
            ["expires_in"] = issued.ExpiresIn,
            ["scope"] = scope,
        };
        if (offline)
        {
            answer["refresh_token"] = _refreshTokens.Issue(grant, emulator.Settings.RefreshTokenLifetime);
        }

        return Answer.Token(answer);
    }
}
