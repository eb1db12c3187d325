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

                wait = (response.RetryAfter ?? TimeSpan.Zero) + RetryWait.OfOnesOwn(_firstWait, retry, transport.Chance);
                reason = $"The {request.Purpose} was answered {(int)response.StatusCode}";
                RetryWait.Say(log, response.RetryAfter is not null, Notices.TryingAgain(request.Purpose, (int)response.StatusCode, wait));
            }
            catch (OAuthConnectionException refused) when (
                mayRetry && (refused.Id == OAuthErrorId.ServerUnreachable || refused.Id == OAuthErrorId.ProxyUnreachable))
            {
                wait = RetryWait.OfOnesOwn(_firstWait, retry, transport.Chance);
                reason = "The server cannot be reached";
                RetryWait.Say(log, isAskedFor: false, Notices.TryingAgain(refused, wait));
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
}
