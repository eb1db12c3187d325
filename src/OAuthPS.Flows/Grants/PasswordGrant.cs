using OAuthPS.Flows.Protocol;

namespace OAuthPS.Flows.Grants;

/// <summary>Resource owner password credentials (RFC 6749 section 4.3.2).</summary>
internal sealed class PasswordGrant(UserCredential user, RequestedAccess access) : Grant
{
    internal override bool CanRepeat => true;

    private protected override void AddParameters(RequestParameters parameters, TokenEndpoint endpoint)
    {
        parameters.Add(ParameterNames.GrantType, GrantTypes.Password);
        parameters.Add(ParameterNames.UserName, user.UserName);
        parameters.Add(ParameterNames.Password, user.Password);
        access.AddTo(parameters, endpoint.Provider);
        if (endpoint.Provider.OfflineAccess is { } offline)
        {
            parameters.Add(offline.Name, offline.Value);
        }
    }
}
