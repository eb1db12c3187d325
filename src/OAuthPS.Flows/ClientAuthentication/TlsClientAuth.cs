using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary>
/// <c>tls_client_auth</c> and <c>self_signed_tls_client_auth</c> (RFC 8705 section 2): the client names itself, and the certificate of the
/// connection proves it. Which of the two it is, is between the server and the certificate.
/// </summary>
internal sealed class TlsClientAuth(OAuthClient client) : ClientAuthenticator(client)
{
    internal override ClientAuthenticationMethod Method => ClientAuthenticationMethod.Tls;

    internal override void Authenticate(OAuthRequest request, AssertionFor assertion, DateTimeOffset now) =>
        request.Parameters.Add(ParameterNames.ClientId, Client.Id);
}
