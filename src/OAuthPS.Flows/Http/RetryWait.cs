namespace OAuthPS.Flows.Http;

/// <summary>The wait before something is tried again.</summary>
internal static class RetryWait
{
    /// <summary>
    /// Twice as long each time, the half of it by chance: clients that failed together must not come back together.
    /// </summary>
    /// <param name="first">The wait before the first retry.</param>
    /// <param name="retry">How many there were.</param>
    /// <param name="chance">What spreads it.</param>
    internal static TimeSpan OfOnesOwn(TimeSpan first, int retry, Random chance) =>
        first * Math.Pow(2, retry) * (0.5 + (chance.NextDouble() / 2));

    /// <summary>Tells of it: a wait of our own is short; one that the server asks for is worth a word.</summary>
    internal static void Say(IFlowLog log, bool isAskedFor, OAuthNotice notice)
    {
        if (isAskedFor)
        {
            log.Warning(notice);
        }
        else
        {
            log.Verbose(notice);
        }
    }
}
