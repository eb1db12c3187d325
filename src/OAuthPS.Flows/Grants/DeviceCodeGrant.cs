using OAuthPS.Flows.Protocol;

namespace OAuthPS.Flows.Grants;

/// <summary>A device code that a person approves elsewhere (RFC 8628 section 3.4).</summary>
internal sealed class DeviceCodeGrant(Secret deviceCode) : Grant
{
    internal override bool CanRepeat => false;

    private protected override void AddParameters(RequestParameters parameters, TokenEndpoint endpoint)
    {
        parameters.Add(ParameterNames.GrantType, GrantTypes.DeviceCode);
        parameters.Add(ParameterNames.DeviceCode, deviceCode);
    }
}
