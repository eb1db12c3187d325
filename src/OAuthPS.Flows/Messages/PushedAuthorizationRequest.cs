using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Messages;

/// <summary>A request to the pushed authorization request endpoint (RFC 9126 section 2.1).</summary>
internal sealed class PushedAuthorizationRequest(Uri endpoint) : OAuthRequest(endpoint)
{
    internal override string Purpose => "pushed authorization request";
}
