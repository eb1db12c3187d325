using System.Globalization;

namespace OAuthPS.Emulator;

/// <summary><c>/oauth/auth</c>: a code, with PKCE for public clients, or a token in the fragment.</summary>
internal sealed class SpaceAuthorizationEndpoint(EmulatorContext emulator, SpaceTokens tokens, AuthorizationCodes codes)
    : AuthorizationEndpoint(emulator, "JetBrains Space")
{
    protected override bool IsClient(string clientId) => clientId is DemoAccounts.SpaceClientId or DemoAccounts.SpacePublicClientId;

    protected override bool IsUser(string userName, string password)
        => userName == DemoAccounts.SpaceUserName & password.IsSameSecret(DemoAccounts.SpacePassword);

    protected override (string Error, string Description)? Check(RequestParameters query, ref AuthorizationRequest request)
    {
        if (query["response_type"] is not ("code" or "token"))
        {
            return ("unsupported_response_type", "response_type must be code or token.");
        }

        if (query["scope"] is not { } scope)
        {
            return ("invalid_scope", "The parameter scope is missing.");
        }

        if (!SpaceScope.IsValid(scope))
        {
            return ("invalid_scope", "scope is ** or a list of tokens separated by spaces.");
        }

        if (query["access_type"] is not (null or "online" or "offline"))
        {
            return ("invalid_request", "access_type must be online or offline.");
        }

        switch (query["request_credentials"])
        {
            case null or "default" or "skip" or "required":
                break;
            case "silent":
                return ("access_denied", "Nobody is signed in, and request_credentials=silent forbids to ask.");
            default:
                return ("invalid_request", "request_credentials must be default, skip, silent or required.");
        }

        if (Pkce.Problem(query["code_challenge"], query["code_challenge_method"]) is { } problem)
        {
            return ("invalid_request", problem);
        }

        if (!request.Implicit && request.ClientId == DemoAccounts.SpacePublicClientId && query["code_challenge"] is null)
        {
            return ("invalid_request", "A public client must send code_challenge.");
        }

        request = request with { Scope = scope, CodeChallenge = query["code_challenge"], Offline = query["access_type"] == "offline" };
        return null;
    }

    protected override string Allow(AuthorizationRequest request, string userName)
    {
        var grant = new Grant(request.ClientId, userName, request.Scope);
        if (!request.Implicit)
        {
            return request.RedirectWith(("code", codes.Issue(request, grant)));
        }

        // RFC 6749 section 4.2.2: never a refresh token.
        var issued = tokens.Issue(grant, request.Scope);
        return request.RedirectWith(
            ("access_token", issued.Token),
            ("token_type", "Bearer"),
            ("expires_in", issued.ExpiresIn.ToString(CultureInfo.InvariantCulture)),
            ("scope", request.Scope));
    }
}
