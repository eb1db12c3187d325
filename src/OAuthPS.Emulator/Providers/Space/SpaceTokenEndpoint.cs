using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OAuthPS.Emulator;

/// <summary><c>POST /oauth/token</c>: client credentials, authorization code, password and refresh token.</summary>
internal sealed class SpaceTokenEndpoint(EmulatorContext emulator, AccessTokens accessTokens, RefreshTokens refreshTokens, AuthorizationCodes codes)
{
    public Answer Handle(HttpContext context)
    {
        if (RequestParameters.FromForm(context) is not { } form)
            return OAuthError.InvalidRequest($"The content type must be {MediaType.Form}.");
        if (form.Doubled is { } doubled)
            return OAuthError.Doubled(doubled);
        if (form["grant_type"] is not { } grantType)
            return OAuthError.Missing("grant_type");
        if (!SpaceClient.TryAuthenticate(context, form, out var client, out var refusal))
            return refusal;
        // A client without a secret proves nothing by its id (RFC 6749 section 4.4).
        if (client.IsPublic && grantType is ("client_credentials" or "password"))
            return OAuthError.UnauthorizedClient($"A public client may not use grant_type={grantType}.");
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
            return OAuthError.Missing(missing);
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
            return OAuthError.Missing(missing);
        if (form["access_type"] is not (null or "online" or "offline"))
            return OAuthError.InvalidRequest("access_type must be online or offline.");
        var scope = form["scope"]!;
        if (!SpaceScope.IsValid(scope))
            return BadScope();
        return form["username"] == DemoAccounts.SpaceUserName & form["password"]!.IsSameSecret(DemoAccounts.SpacePassword)
            ? Issue(new Grant(client.Id, DemoAccounts.SpaceUserName, scope), scope, form["access_type"] == "offline")
            : OAuthError.InvalidGrant("User name or password is wrong.");
    }

    // The answer leaves refresh_token out: the old one stays good.
    private Answer Refresh(RequestParameters form, SpaceClient client)
    {
        if (form.FirstMissing("refresh_token", "scope") is { } missing)
            return OAuthError.Missing(missing);
        if (refreshTokens.Find(form["refresh_token"]!, client.Id) is not { } grant)
            return OAuthError.InvalidGrant("The refresh token is unknown, expired or was issued to another client.");
        var scope = form["scope"]!;
        return SpaceScope.IsValid(scope) && SpaceScope.IsWithin(scope, grant.Scope)
            ? Issue(grant, scope, offline: false)
            : OAuthError.InvalidScope("scope asks for more than was granted.");
    }

    private static Answer BadScope() => OAuthError.InvalidScope("scope is ** or a list of tokens separated by spaces.");

    private Answer Issue(Grant grant, string scope, bool offline)
    {
        var issued = accessTokens.Issue(grant);
        var answer = new JsonObject
        {
            ["access_token"] = issued.Token,
            ["token_type"] = "Bearer",
            ["expires_in"] = issued.ExpiresIn,
            ["scope"] = scope,
        };
        if (offline)
            answer["refresh_token"] = refreshTokens.Issue(grant, emulator.Settings.RefreshTokenLifetime);
        return Answer.Token(answer);
    }
}
