using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary>A client authentication by an assertion that the client signs for each request (RFC 7523 section 2.2).</summary>
internal abstract class SignedAuthentication(OAuthClient client) : ClientAuthenticator(client)
{
    internal override bool SignsAssertion => true;

    private protected void AddTo(OAuthRequest request, AssertionFor assertion, DateTimeOffset now, string jwt)
    {
        request.SignedAt = now;
        request.Parameters.Add(ParameterNames.ClientAssertionType, ClientAssertion.JwtBearer);
        request.Parameters.Add(ParameterNames.ClientAssertion, new Secret(jwt));
        if (assertion.HasClientId)
        {
            // It may be there (RFC 7521 section 4.2), and many servers look the client up by it before they read the assertion.
            request.Parameters.Add(ParameterNames.ClientId, Client.Id);
        }
    }
}
