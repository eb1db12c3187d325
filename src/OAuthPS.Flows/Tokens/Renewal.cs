namespace OAuthPS.Flows.Tokens;

/// <summary>How a session gets to another token.</summary>
internal abstract class Renewal
{
    internal abstract bool IsPossible(TokenState state);

    /// <summary>Another state in the place of the one that no longer does.</summary>
    /// <param name="state">The state that no longer does.</param>
    /// <param name="isEnough">Whether a state that somebody else has brought about would do.</param>
    /// <param name="log">Where to say what is done.</param>
    /// <param name="cancellationToken">Ends the renewal.</param>
    /// <exception cref="OAuthException">No way gave a token; the state that was there is still the one to use.</exception>
    internal abstract Task<TokenState> RenewAsync(TokenState state, Func<TokenState, bool> isEnough, IFlowLog log, CancellationToken cancellationToken);
}
