namespace OAuthPS.Flows.Tokens;

/// <summary>Tells once, and in time, that a refresh token ends: a person has to sign in again by then.</summary>
internal sealed class RefreshTokenNotice(string session, TimeProvider clock)
{
    private TokenState? _told;

    internal void Give(TokenState state, Renewal renewal, IFlowLog log)
    {
        if (state is not { RefreshToken: { } token, RefreshTokenSpan: { } span }
            || renewal.IsPossibleWithoutRefreshToken
            || ReferenceEquals(log, NoFlowLog.Instance))
        {
            return;
        }

        var now = clock.GetUtcNow();
        if (now < span.NoticeFrom)
        {
            return;
        }

        // By the token: a renewal that leaves it in force is no reason to say it again, and one that replaces it is.
        var told = Interlocked.Exchange(ref _told, state);
        if (told?.RefreshToken!.Reveal() != token.Reveal())
        {
            log.Warning(Notices.RefreshTokenEnds(session, span.ExpiresAt, span.ExpiresAt <= now));
        }
    }
}
