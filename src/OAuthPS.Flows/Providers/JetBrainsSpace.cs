namespace OAuthPS.Flows.Providers;

/// <summary>JetBrains Space.</summary>
internal static class JetBrainsSpace
{
    private static readonly Uri _documentation = new("https://www.jetbrains.com/help/space/oauth-2-0-authorization.html");
    private static readonly Uri _authorizationCode = new("https://www.jetbrains.com/help/space/authorization-code.html");
    private static readonly Uri _offlineValidation = new("https://www.jetbrains.com/help/space/access-token-offline-validation.html");
    private static readonly Uri _refreshToken = new("https://www.jetbrains.com/help/space/refresh-token.html");

    internal static OAuthProvider Provider { get; } = new()
    {
        Name = "JetBrainsSpace",
        DisplayName = "JetBrains Space",
        Documentation = _documentation,
        ServiceUrlExample = "https://mycompany.jetbrains.space",
        AuthorizationEndpoint = "/oauth/auth",
        TokenEndpoint = "/oauth/token",
        Flows = [OAuthFlow.ClientCredentials, OAuthFlow.AuthorizationCode, OAuthFlow.RefreshToken, OAuthFlow.Password, OAuthFlow.Implicit],
        ClientAuthentications = [ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.None],
        BasicEncoding = BasicEncoding.Plain,
        OfflineAccess = new FixedParameter("access_type", "offline"),
        ScopeNeededBy = [OAuthFlow.Password, OAuthFlow.RefreshToken],
        RefreshSendsScope = true,
        RefreshTokens = RefreshTokenUse.Reusable,
        ApiUrls = ["/"],
        Quirks =
        [
            new("Every organization has a service URL of its own.", _documentation),
            new("A refresh token is given only when access_type=offline was asked for.", _authorizationCode),
            new(
                "A refresh request repeats the scope; its response may leave the refresh token out, and the old one is kept.",
                _refreshToken),
            new("The password and the refresh token flow need a scope.", _documentation),
            new("A comma belongs to a scope token (Profile:EditAbsences,EditLanguages); tokens are separated by spaces.", _refreshToken),
            new("Access tokens are JWTs, signed with the keys of /oauth/jwks.json.", _offlineValidation),
            new("The password flow is documented as not recommended.", _documentation),
        ],
    };
}
