using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Grants;

/// <summary>Resource owner password credentials (RFC 6749 section 4.3.2).</summary>
internal sealed class PasswordGrant(UserCredential user, string? scope) : Grant
{
    internal override bool CanRepeat => true;

    private protected override void AddParameters(RequestParameters parameters, OAuthProvider provider)
    {
        parameters.Add(ParameterNames.GrantType, GrantTypes.Password);
        parameters.Add(ParameterNames.UserName, user.UserName);
        parameters.Add(ParameterNames.Password, user.Password);
        AddScope(parameters, provider, scope);
        if (provider.OfflineAccess is { } offline)
        {
            parameters.Add(offline.Name, offline.Value);
        }
    }
}
