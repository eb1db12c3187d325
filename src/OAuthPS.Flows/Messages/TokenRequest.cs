using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Messages;

/// <summary>A request to the token endpoint (RFC 6749 section 3.2).</summary>
internal sealed class TokenRequest(Uri endpoint) : OAuthRequest(endpoint)
{
    internal override string Purpose => "token request";
}
