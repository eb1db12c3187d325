using OAuthPS.Flows.Http;
namespace OAuthPS.Flows.Providers;

/// <summary>Spacebring, the coworking platform.</summary>
internal static class Spacebring
{
    private static readonly Uri _apiReference = new("https://www.spacebring.com/docs/api");
    private static readonly Uri _documentation = new("https://www.spacebring.com/docs/api-reference/authentication");

    internal static OAuthProvider Provider { get; } = new()
    {
        Name = "Spacebring",
        DisplayName = "Spacebring",
        Documentation = _documentation,
        ServiceUrl = new Uri("https://api.spacebring.com"),
        AuthorizationEndpoint = "/oauth2/authorize",
        TokenEndpoint = "/oauth2/token",
        RevocationEndpoint = "/oauth2/revoke",
        Flows = [OAuthFlow.Basic, OAuthFlow.AuthorizationCode, OAuthFlow.RefreshToken],
        ClientAuthentications = [ClientAuthenticationMethod.Post],
        Basic = new BasicAccess(BasicCredential.Client, TokenEndpoint: null),
        BasicEncoding = BasicEncoding.Plain,
        CodeExchangeSendsRedirectUri = false,
        SupportsPkce = false,
        RefreshTokens = RefreshTokenUse.Reusable,
        RevocationParameters = ParameterPlacement.Query,
        ApiHeaders = [new ApiHeader("spacebring-network-id", "the id of the network") { BearerTokenOnly = true }],
        ApiUrls = ["/"],
        Quirks =
        [
            new("Customers use HTTP Basic with client id and client secret on every API call, and no token at all.", _documentation),
            new(
                "Partners use the authorization code flow; its code exchange is documented without redirect_uri and code_verifier.",
                _documentation),
            new("A refresh response has no refresh_token: the old one stays valid for ever and is kept.", _documentation),
            new(
                "Revocation takes the token in the query string, and ends the access token and the refresh token together.",
                _documentation),
            new("API calls with a bearer token need the header spacebring-network-id; with HTTP Basic it may be left out.", _documentation),
            new("Scopes are a resource, to read and write, or with .readonly to read: locations, locations.readonly.", _apiReference),
            new("The API refuses with a message and a type, not with RFC 6749's error.", _apiReference),
        ],
    };
}
