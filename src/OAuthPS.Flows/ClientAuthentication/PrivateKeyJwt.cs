using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary><c>private_key_jwt</c>: an assertion signed with the client's private key (RFC 7523 section 2.2).</summary>
internal sealed class PrivateKeyJwt(OAuthClient client, ClientKey key, string algorithm) : ClientAuthenticator(client)
{
    internal override ClientAuthenticationMethod Method => ClientAuthenticationMethod.PrivateKeyJwt;

    internal override void Authenticate(OAuthRequest request, string audience, DateTimeOffset now)
    {
        var claims = ClientAssertion.Claims(Client.Id, audience, now, ClientAssertion.DefaultLifetime);
        ClientAssertion.AddTo(request, now, key.Sign(claims, algorithm));
    }
}
