using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary>
/// Id and secret in the query string. RFC 6749 section 2.3.1 forbids it; Blynk documents it as the less secure of its two
/// ways (https://docs.blynk.io/en/blynk.cloud/platform-https-api/authentication).
/// </summary>
internal sealed class ClientSecretQuery(OAuthClient client, Secret secret) : ClientAuthenticator(client)
{
    internal override ClientAuthenticationMethod Method => ClientAuthenticationMethod.Query;

    internal override void Authenticate(OAuthRequest request, AssertionFor assertion, DateTimeOffset now)
    {
        request.QueryParameters.Add(ParameterNames.ClientId, Client.Id);
        request.QueryParameters.Add(ParameterNames.ClientSecret, secret);
    }
}
