using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary><c>client_secret_basic</c> (RFC 6749 section 2.3.1).</summary>
internal sealed class ClientSecretBasic(OAuthClient client, Secret secret, BasicEncoding encoding) : ClientAuthenticator(client)
{
    internal override ClientAuthenticationMethod Method => ClientAuthenticationMethod.Basic;

    internal override string Name => $"{Method}{encoding}";

    internal override string Words => encoding == BasicEncoding.Plain
        ? "HTTP Basic with id and secret as they are"
        : "HTTP Basic with id and secret form-encoded";

    internal override void Authenticate(OAuthRequest request, AssertionFor assertion, DateTimeOffset now) =>
        request.Authorization = BasicHeader.Create(Client.Id, secret, encoding);
}
