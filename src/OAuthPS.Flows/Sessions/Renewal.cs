using OAuthPS.Flows.Grants;
using OAuthPS.Flows.Protocol;

namespace OAuthPS.Flows.Sessions;

/// <summary>The ways a session has to another token: its refresh token first, then its grant again where that needs no person.</summary>
internal sealed class Renewal(TokenEndpoint endpoint, Grant? grant, string? scope)
{
    internal bool IsPossible(TokenState state) => state.RefreshToken is not null || grant is { CanRepeat: true };

    /// <exception cref="OAuthException">Neither way gave a token; the state that was there is still the one to use.</exception>
    internal async Task<TokenState> RenewAsync(TokenState state, IFlowLog log, CancellationToken cancellationToken)
    {
        if (state.RefreshToken is { } refreshToken)
        {
            try
            {
                return state.After(await endpoint.RequestAsync(new RefreshTokenGrant(refreshToken, scope), log, cancellationToken).ConfigureAwait(false));
            }
            catch (OAuthServerException refused) when (refused.Error == ErrorCodes.InvalidGrant && grant is { CanRepeat: true })
            {
                log.Verbose("The refresh token is no longer accepted; repeating the grant.");
            }
        }

        var answer = await endpoint.RequestAsync(grant!, log, cancellationToken).ConfigureAwait(false);
        return new TokenState(answer.AccessToken, answer.RefreshToken, answer.Subject);
    }
}
