using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Tokens;

/// <summary>Renewal at the provider: by the refresh token first, then by the grant again where that needs no person.</summary>
internal sealed class GrantRenewal(AuthorizationServer server, Grant? grant, RequestedAccess access) : Renewal
{
    internal override bool IsPossible(TokenState state) => state.RefreshToken is not null || grant is { CanRepeat: true };

    // Some servers give a refresh token with client credentials, against RFC 6749 section 4.4.3, and then do not take it.
    private static bool IsOfRefreshToken(OAuthServerException refused) =>
        refused.Error is ErrorCodes.InvalidGrant or ErrorCodes.UnsupportedGrantType or ErrorCodes.UnauthorizedClient;

    internal override bool IsPossibleWithoutRefreshToken => grant is { CanRepeat: true };

    internal override async Task<TokenState> RenewAsync(
        TokenState state, Func<TokenState, bool> isEnough, Func<TokenState, Task> keep, IFlowLog log, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await server.FollowMetadataAsync(log, cancellationToken).ConfigureAwait(false);
        if (state.RefreshToken is { } refreshToken)
        {
            try
            {
                // Not cancelled any more: whoever hangs up does not learn of the refresh token that replaces this one.
                var response = await server.RequestAsync(
                    new RefreshTokenGrant(refreshToken, access), log, CancellationToken.None, KeepAsync).ConfigureAwait(false);
                return state.After(response);
            }
            catch (OAuthServerException refused) when (IsOfRefreshToken(refused) && grant is { CanRepeat: true })
            {
                log.Verbose($"The server refuses the refresh token ({refused.Error}); repeating the grant.");
            }

            Task KeepAsync(Secret rotated) => rotated.Reveal() == refreshToken.Reveal() ? Task.CompletedTask : keep(state.With(rotated));
        }

        // Nothing is used up by it, so it may be left at any time.
        var repeated = await server.RequestAsync(grant!, log, cancellationToken).ConfigureAwait(false);
        return new TokenState(repeated.AccessToken, repeated.RefreshToken, repeated.Subject ?? state.Subject)
        {
            IdToken = repeated.IdToken ?? state.IdToken,
            RefreshTokenSpan = repeated.RefreshTokenSpan,
            Members = ResponseMembers.Merge(state.Members, repeated.Members),
        };
    }
}
