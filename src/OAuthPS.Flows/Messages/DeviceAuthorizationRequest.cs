using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Messages;

/// <summary>A request to the device authorization endpoint (RFC 8628 section 3.1).</summary>
internal sealed class DeviceAuthorizationRequest(Uri endpoint) : OAuthRequest(endpoint)
{
    internal override string Purpose => "device authorization request";
}
