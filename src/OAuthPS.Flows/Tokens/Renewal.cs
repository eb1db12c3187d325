namespace OAuthPS.Flows.Tokens;

/// <summary>How a session gets to another token.</summary>
internal abstract class Renewal
{
    internal abstract bool IsPossible(TokenState state);

    /// <summary>Whether it needs no refresh token, and no person either.</summary>
    internal abstract bool IsPossibleWithoutRefreshToken { get; }

    /// <summary>What is newer than what is held, because it could not be kept where it belongs; null when there is nothing.</summary>
    internal virtual TokenState? Unsaved => null;

    /// <summary>What is in force: the state, or what somebody who shares the session has put in its place.</summary>
    internal virtual Task<TokenState> NewestAsync(TokenState state, CancellationToken cancellationToken) => Task.FromResult(state);

    /// <summary>Another state in the place of the one that no longer does.</summary>
    /// <param name="state">The state that no longer does.</param>
    /// <param name="isEnough">Whether a state that somebody else has brought about would do.</param>
    /// <param name="keep">Takes the state with the server's new refresh token, before anything else in the response may fail.</param>
    /// <param name="log">Where to say what is done.</param>
    /// <param name="cancellationToken">
    /// Ends the renewal until a refresh token is sent. From then on it goes on to its own end, since the token may be used up.
    /// </param>
    /// <exception cref="OAuthException">No way gave a token; the state that was there or kept is still the one to use.</exception>
    internal abstract Task<TokenState> RenewAsync(
        TokenState state, Func<TokenState, bool> isEnough, Func<TokenState, Task> keep, IFlowLog log, CancellationToken cancellationToken);
}
