using OAuthPS.Flows.Http;
namespace OAuthPS.Flows.Providers;

/// <summary>Blynk, the cloud for connected devices: its Organization (Platform) HTTPS API.</summary>
internal static class Blynk
{
    private static readonly Uri _documentation = new("https://docs.blynk.io/en/blynk.cloud/platform-https-api/authentication");

    internal static OAuthProvider Provider { get; } = new()
    {
        Name = "Blynk",
        DisplayName = "Blynk",
        Documentation = _documentation,
        ServiceUrlExample = "https://fra1.blynk.cloud",
        TokenEndpoint = "/oauth2/token",
        Flows = [OAuthFlow.ClientCredentials, OAuthFlow.RefreshToken],
        ClientAuthentications = [ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.Query],
        BasicEncoding = BasicEncoding.Plain,
        TokenParameters = ParameterPlacement.Query,
        RefreshTokens = RefreshTokenUse.OneTime,
        ApiUrls = ["/"],
        Quirks =
        [
            new("Every server has an address of its own.", _documentation),
            new("The parameters of a token request travel in the query string.", _documentation),
            new("Client id and secret in the query string work too, and are less secure.", _documentation),
            new(
                "Client credentials are answered with a refresh token; it lives as long as the access token and can be used once.",
                _documentation),
        ],
    };
}
