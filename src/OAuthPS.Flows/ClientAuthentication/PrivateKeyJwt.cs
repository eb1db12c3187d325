using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary><c>private_key_jwt</c>: an assertion signed with the client's private key (RFC 7523 section 2.2).</summary>
internal sealed class PrivateKeyJwt(OAuthClient client, ClientKey key, string algorithm) : SignedAuthentication(client)
{
    internal override ClientAuthenticationMethod Method => ClientAuthenticationMethod.PrivateKeyJwt;

    internal override void Authenticate(OAuthRequest request, AssertionFor assertion, DateTimeOffset now)
    {
        var claims = ClientAssertion.Claims(Client.Id, assertion.Audience, now, ClientAssertion.DefaultLifetime);
        AddTo(request, assertion, now, key.Sign(claims, algorithm, assertion.Type, assertion.HasSha1Thumbprint));
    }
}
