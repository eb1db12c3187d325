namespace OAuthPS.Flows.Providers;

/// <summary>SpatiaFi, climate and geospatial data for finance.</summary>
internal static class SpatiaFi
{
    private static readonly Uri _reference = new("https://docs.spatiafi.com/auth/");
    private static readonly Uri _guide = new("https://docs.spatiafi.com/pages/authentication/");

    internal static OAuthProvider Provider { get; } = new()
    {
        Name = "SpatiaFi",
        DisplayName = "SpatiaFi",
        Documentation = _guide,
        ServiceUrl = new Uri("https://auth.spatiafi.com"),
        TokenEndpoint = "/api/v1/auth/jwt/token",
        AppCredentialsEndpoint = "/api/v1/clients/",
        VendorCredential = new VendorCredential("SPATIAFI_CLIENT_ID", "SPATIAFI_CLIENT_SECRET", "spatiafi", "app_credentials.json"),
        Flows = [OAuthFlow.ClientCredentials, OAuthFlow.Basic, OAuthFlow.Password],
        ClientAuthentications = [ClientAuthenticationMethod.SecretJwt, ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.Post],
        ClientAssertion = new ClientAssertionFormat { SendsClientId = false },
        Basic = new BasicAccess(BasicCredential.User, "/api/v1/auth/jwt/token/basic"),
        BasicEncoding = BasicEncoding.Plain,
        PasswordNeedsClient = false,
        SendsScope = false,
        RefreshTokens = RefreshTokenUse.None,
        ApiUrls = ["/", "https://api.spatiafi.com"],
        Quirks =
        [
            new("A token response has expires_at (seconds since 1970) instead of expires_in, and token_type in lower case.", _reference),
            new("There is no refresh token: a new token is obtained by repeating the grant.", _reference),
            new("client_secret_jwt is recommended for production, and so the default here.", _reference),
            new("The scope is ignored and should be left blank, so it is not sent.", _reference),
            new("The password flow needs no client.", _reference),
            new(
                "HTTP Basic of e-mail and password gives a temporary token of about 15 minutes, with which App Credentials are made.",
                _guide),
            new(
                "The collection of App Credentials is called with a slash at its end, as the vendor's own clients do; without it the "
                    + "server redirects (307).",
                _reference),
            new("Refusals come as FastAPI's detail, a text or a list, not as RFC 6749's error.", _reference),
        ],
    };
}
