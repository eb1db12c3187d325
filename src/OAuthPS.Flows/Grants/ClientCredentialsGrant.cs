using OAuthPS.Flows.Protocol;

namespace OAuthPS.Flows.Grants;

/// <summary>The client on its own behalf (RFC 6749 section 4.4.2).</summary>
internal sealed class ClientCredentialsGrant(RequestedAccess access) : Grant
{
    internal override bool CanRepeat => true;

    private protected override void AddParameters(RequestParameters parameters, TokenEndpoint endpoint)
    {
        parameters.Add(ParameterNames.GrantType, GrantTypes.ClientCredentials);
        access.AddTo(parameters, endpoint.Provider);
    }
}
