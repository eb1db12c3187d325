using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary><c>client_secret_post</c> (RFC 6749 section 2.3.1).</summary>
internal sealed class ClientSecretPost(OAuthClient client, Secret secret) : ClientAuthenticator(client)
{
    internal override ClientAuthenticationMethod Method => ClientAuthenticationMethod.Post;

    internal override string Words => "id and secret in the body";

    internal override void Authenticate(OAuthRequest request, AssertionFor assertion, DateTimeOffset now)
    {
        request.Parameters.Add(ParameterNames.ClientId, Client.Id);
        request.Parameters.Add(ParameterNames.ClientSecret, secret);
    }
}
