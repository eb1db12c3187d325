using System.Text;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Jwt;

namespace OAuthPS.Flows.Server;

/// <summary>
/// The client's signature over the parameters of an authorization request (RFC 9101 section 6.2): with its key, else with its secret.
/// </summary>
internal static class SignedRequestObject
{
    /// <returns>The parameters that go in the place of those that were signed (section 5.1).</returns>
    /// <exception cref="OAuthUsageException">
    /// The client has nothing to sign with, the server takes none of the key's algorithms, or a parameter cannot be signed.
    /// </exception>
    internal static RequestParameters Sign(
        RequestParameters parameters, OAuthClient client, OAuthProvider provider, Uri serviceUrl, DateTimeOffset now)
    {
        if (parameters.Select(parameter => parameter.Name).FirstOrDefault(RequestObject.IsTaken) is { } taken)
        {
            throw Errors.AdditionalParameterTaken(taken);
        }

        var claims = RequestObject.Claims(parameters, client.Id, provider.Issuer ?? serviceUrl.OriginalString, now);
        var jwt = client.Key is { } key
            ? key.Sign(
                claims, key.AlgorithmAmong(provider.RequestObjectSigningAlgorithms, provider.DisplayName, "requests"), RequestObject.Type)
            : client.ClientSecret is { } secret ? JwtSigner.SignHs256(claims, Encoding.UTF8.GetBytes(secret.Reveal()), RequestObject.Type)
            : throw Errors.InputNeeded(
                provider.Names,
                OAuthFlow.AuthorizationCode.Name,
                "a key or a secret of the client to sign the request with",
                OAuthInput.ClientKey,
                OAuthInput.ClientSecret);

        var signed = new RequestParameters { { ParameterNames.ClientId, client.Id } };
        signed.AddSigned(ParameterNames.Request, jwt, parameters);
        return signed;
    }
}
