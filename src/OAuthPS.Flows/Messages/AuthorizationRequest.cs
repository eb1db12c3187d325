using System.Security.Cryptography;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;

namespace OAuthPS.Flows.Messages;

/// <summary>The request that a person's browser takes to the authorization endpoint (RFC 6749 sections 4.1.1 and 4.2.1).</summary>
internal sealed class AuthorizationRequest
{
    internal AuthorizationRequest(Uri endpoint, string responseType, string clientId, string redirectUri)
    {
        Endpoint = SecureUrl.Require(endpoint);
        RedirectUri = redirectUri;
        Parameters.Add(ParameterNames.ResponseType, responseType);
        Parameters.Add(ParameterNames.ClientId, clientId);
        Parameters.Add(ParameterNames.RedirectUri, redirectUri);
        Parameters.Add(ParameterNames.State, State);
    }

    /// <summary>The authorization endpoint.</summary>
    internal Uri Endpoint { get; }

    /// <summary>Byte for byte as it is sent.</summary>
    internal string RedirectUri { get; }

    /// <summary>Binds the response to this request (RFC 6749 section 10.12): 128 random bits.</summary>
    internal string State { get; } = Base64Url.Encode(RandomNumberGenerator.GetBytes(16));

    internal RequestParameters Parameters { get; } = new();

    /// <summary>Where the browser goes, with the parameters or with what stands for them.</summary>
    internal Uri UrlWith(RequestParameters carried) => FormUrlEncoding.AppendQuery(Endpoint, carried);
}
