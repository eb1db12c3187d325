using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary>A public client names itself and proves nothing (RFC 6749 section 3.2.1).</summary>
internal sealed class NoClientAuthentication(OAuthClient client) : ClientAuthenticator(client)
{
    internal override ClientAuthenticationMethod Method => ClientAuthenticationMethod.None;

    internal override void Authenticate(OAuthRequest request, AssertionFor assertion, DateTimeOffset now) =>
        request.Parameters.Add(ParameterNames.ClientId, Client.Id);
}
