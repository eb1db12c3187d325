using System.Text;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Jwt;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary><c>client_secret_jwt</c>: an assertion signed HS256 with the secret's UTF-8 bytes (RFC 7523 section 2.2).</summary>
internal sealed class ClientSecretJwt(OAuthClient client, Secret secret) : SignedAuthentication(client)
{
    internal override ClientAuthenticationMethod Method => ClientAuthenticationMethod.SecretJwt;

    internal override void Authenticate(OAuthRequest request, AssertionFor assertion, DateTimeOffset now)
    {
        var claims = ClientAssertion.Claims(Client.Id, assertion.Audience, now, ClientAssertion.DefaultLifetime);
        request.SigningSecret = secret;
        AddTo(request, assertion, now, JwtSigner.SignHs256(claims, Encoding.UTF8.GetBytes(secret.Reveal()), assertion.Type));
    }
}
