using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Grants;

/// <summary>A refresh token (RFC 6749 section 6).</summary>
internal sealed class RefreshTokenGrant(Secret refreshToken, RequestedAccess access) : Grant
{
    // The answer may have another refresh token: the session uses that one, not this grant again.
    internal override bool CanRepeat => false;

    // A token that is used up by the first try would end the session at the second (RFC 9700 section 4.14.2).
    internal override bool IsSafeToResend(OAuthProvider provider) => provider.RefreshTokens == RefreshTokenUse.Reusable;

    private protected override void AddParameters(RequestParameters parameters, TokenEndpoint endpoint)
    {
        parameters.Add(ParameterNames.GrantType, GrantTypes.RefreshToken);
        parameters.Add(ParameterNames.RefreshToken, refreshToken);
        if (endpoint.Provider.RefreshSendsScope)
        {
            access.AddScopeTo(parameters, endpoint.Provider);
        }

        access.AddResourceTo(parameters);
    }
}
