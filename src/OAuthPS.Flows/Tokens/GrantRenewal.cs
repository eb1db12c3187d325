using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Tokens;

/// <summary>Renewal at the provider: by the refresh token first, then by the grant again where that needs no person.</summary>
internal sealed class GrantRenewal(AuthorizationServer server, Grant? grant, RequestedAccess access) : Renewal
{
    internal override bool IsPossible(TokenState state) => state.RefreshToken is not null || grant is { CanRepeat: true };

    internal override async Task<TokenState> RenewAsync(TokenState state, Func<TokenState, bool> isEnough, IFlowLog log, CancellationToken cancellationToken)
    {
        if (state.RefreshToken is { } refreshToken)
        {
            try
            {
                return state.After(await server.RequestAsync(new RefreshTokenGrant(refreshToken, access), log, cancellationToken).ConfigureAwait(false));
            }
            catch (OAuthServerException refused) when (refused.Error == ErrorCodes.InvalidGrant && grant is { CanRepeat: true })
            {
                log.Verbose("The refresh token is no longer accepted; repeating the grant.");
            }
        }

        var answer = await server.RequestAsync(grant!, log, cancellationToken).ConfigureAwait(false);
        return new TokenState(answer.AccessToken, answer.RefreshToken, answer.Subject);
    }
}
