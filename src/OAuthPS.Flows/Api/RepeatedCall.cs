using System.Globalization;
using System.Net;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Api;

/// <summary>
/// Makes a call of an API again where the API fails for the moment: a few times, after waits that grow, or as long as the API says. A call
/// that does more when it is made twice is made again only where nothing was done, or where the caller asks for it.
/// </summary>
internal sealed class RepeatedCall(ApiCall call, HttpTransport transport)
{
    private const int UsualRetries = 3;

    // A server that asks for longer is better asked again by the caller, who knows whether the work can wait.
    private static readonly TimeSpan _longestWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _firstWait = TimeSpan.FromSeconds(1);

    // RFC 9110 section 9.2.2.
    private static readonly HttpMethod[] _idempotent =
        [HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Trace, HttpMethod.Put, HttpMethod.Delete];

    private int _retries;

    private int Most => call.MaximumRetryCount ?? UsualRetries;

    // What a method may do twice is done twice only by one who asks for it.
    private bool MayDoTwice => call.MaximumRetryCount is not null || _idempotent.Contains(call.Method);

    /// <summary>Waits, where the call is to be made again.</summary>
    /// <param name="response">What the API answered; null where it did not.</param>
    /// <param name="failure">Why there is no response; null where there is one.</param>
    /// <param name="log">Where to say what is waited for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it is to be made again now.</returns>
    internal async Task<bool> WaitAsync(
        HttpResponse? response, OAuthException? failure, IFlowLog log, CancellationToken cancellationToken)
    {
        if (_retries >= Most || !(response is null ? IsPassing(failure!) : IsPassing(response)))
        {
            return false;
        }

        var asked = response is null ? null : response.RetryAfter ?? RateLimit.Reset(response, transport.TimeProvider.GetUtcNow());
        if (asked > _longestWait)
        {
            return false;
        }

        var wait = asked ?? call.RetryInterval ?? Backoff();
        _retries++;
        RetryWait.Say(log, asked is not null, response is null ? Notices.TryingAgain(failure!, wait)
            : asked is null ? Notices.TryingAgain("API call", (int)response.StatusCode, wait)
            : Notices.ApiAsksToWait((int)response.StatusCode, wait));
        var reason = response is null
            ? "The API cannot be reached"
            : string.Create(CultureInfo.InvariantCulture, $"The API answered {(int)response.StatusCode}");
        await log.DelayAsync(reason, wait, transport.TimeProvider, cancellationToken).ConfigureAwait(false);
        return true;
    }

    // 429, and 403 of those who say so with it: the request was not acted on (RFC 6585 section 4). With the others it may have been.
    private bool IsPassing(HttpResponse response) => response.StatusCode switch
    {
        HttpStatusCode.TooManyRequests => true,
        HttpStatusCode.Forbidden => response.RetryAfter is not null || RateLimit.IsUsedUp(response),
        HttpStatusCode.RequestTimeout or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => MayDoTwice,
        _ => false,
    };

    private bool IsPassing(OAuthException failure) =>
        failure.Id == OAuthErrorId.ServerUnreachable || failure.Id == OAuthErrorId.ProxyUnreachable
        || (failure.Id == OAuthErrorId.ConnectionLost && MayDoTwice);

    private TimeSpan Backoff()
    {
        var wait = RetryWait.OfOnesOwn(_firstWait, Math.Min(_retries, 10), transport.Chance);
        return wait < _longestWait ? wait : _longestWait;
    }
}
