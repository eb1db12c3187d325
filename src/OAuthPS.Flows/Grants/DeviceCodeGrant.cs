using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Grants;

/// <summary>A device code that a person approves elsewhere (RFC 8628 section 3.4).</summary>
internal sealed class DeviceCodeGrant(Secret deviceCode) : Grant
{
    internal override bool CanRepeat => false;

    private protected override void AddParameters(RequestParameters parameters, OAuthProvider provider)
    {
        parameters.Add(ParameterNames.GrantType, GrantTypes.DeviceCode);
        parameters.Add(ParameterNames.DeviceCode, deviceCode);
    }
}
