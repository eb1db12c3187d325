using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;
using OAuthPS.Jwt;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary><c>private_key_jwt</c>: an assertion signed with the client's private key (RFC 7523 section 2.2).</summary>
internal sealed class PrivateKeyJwt(OAuthClient client, ClientKey key) : ClientAuthenticator(client)
{
    internal override ClientAuthenticationMethod Method => ClientAuthenticationMethod.PrivateKeyJwt;

    internal override void Authenticate(OAuthRequest request, DateTimeOffset now)
    {
        var claims = ClientAssertion.Claims(Client.Id, request.Endpoint.OriginalString, now);
        ClientAssertion.AddTo(request, now, JwtSigner.Sign(claims, key.Key, key.KeyId, key.Algorithm));
    }
}
