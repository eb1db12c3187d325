using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Grants;

/// <summary>The client on its own behalf (RFC 6749 section 4.4.2).</summary>
internal sealed class ClientCredentialsGrant(string? scope) : Grant
{
    internal override bool CanRepeat => true;

    private protected override void AddParameters(RequestParameters parameters, OAuthProvider provider)
    {
        parameters.Add(ParameterNames.GrantType, GrantTypes.ClientCredentials);
        AddScope(parameters, provider, scope);
    }
}
