using System.Net;

namespace OAuthPS.Flows.Http;

/// <summary>
/// Sends a request that is safe to repeat, and repeats it twice at most where the server fails for the moment or nobody is there.
/// What uses something up (a code, a one-time refresh token) is not sent this way: after a failure nobody knows whether it is
/// used up already.
/// </summary>
internal static class RepeatedRequest
{
    private const int MaximumRetries = 2;

    // A caller who is asked to wait longer than this had better know of it.
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _firstWait = TimeSpan.FromMilliseconds(500);

    /// <param name="transport">What sends.</param>
    /// <param name="create">
    /// Makes the request, afresh for each try: a client assertion must not be sent twice (RFC 7523 section 3, <c>jti</c>).
    /// </param>
    /// <param name="timeout">The time for one try.</param>
    /// <param name="log">Where to say what is waited for.</param>
    /// <param name="cancellationToken">Ends the try, and the wait between two.</param>
    /// <returns>The last response, whatever it is, and the request it answers.</returns>
    /// <exception cref="OAuthException">No response, at the last try or in a way that is not to be repeated.</exception>
    internal static async Task<(OAuthRequest Request, HttpResponse Response)> SendAsync(
        HttpTransport transport, Func<OAuthRequest> create, TimeSpan timeout, IFlowLog log, CancellationToken cancellationToken)
    {
        for (var retry = 0; ; retry++)
        {
            var mayRetry = retry < MaximumRetries;
            TimeSpan wait;
            string reason;
            try
            {
                var (request, response) = await CorrectedRequest.SendAsync(
                    transport, create, timeout, log, cancellationToken).ConfigureAwait(false);
                if (!mayRetry || !IsPassing(response))
                {
                    return (request, response);
                }

                wait = (response.RetryAfter ?? TimeSpan.Zero) + Backoff(transport, retry);
                reason = $"The {request.Purpose} was answered {(int)response.StatusCode}";
                Say(log, response.RetryAfter is not null, Notices.TryingAgain(request.Purpose, (int)response.StatusCode, wait));
            }
            catch (OAuthConnectionException refused) when (
                mayRetry && (refused.Id == OAuthErrorId.ServerUnreachable || refused.Id == OAuthErrorId.ProxyUnreachable))
            {
                wait = Backoff(transport, retry);
                reason = "The server cannot be reached";
                Say(log, isAskedFor: false, Notices.TryingAgain(refused, wait));
            }

            await log.DelayAsync(reason, wait, transport.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    // 429 without Retry-After does not say how long to be quiet, and every further request may make it longer.
    private static bool IsPassing(HttpResponse response) => response.StatusCode switch
    {
        HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable =>
            response.RetryAfter is null || response.RetryAfter <= _longestWait,
        HttpStatusCode.TooManyRequests => response.RetryAfter <= _longestWait,
        _ => false,
    };

    // Twice as long each time, the half of it by chance: clients that failed together must not come back together.
    private static TimeSpan Backoff(HttpTransport transport, int retry) =>
        _firstWait * Math.Pow(2, retry) * (0.5 + (transport.Chance.NextDouble() / 2));

    // A wait of our own is short; one that the server asks for is worth a word.
    private static void Say(IFlowLog log, bool isAskedFor, OAuthNotice notice)
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
