using System.Collections.Concurrent;
using System.Net;

namespace OAuthPS.Flows.Http;

/// <summary>
/// How far the clocks of servers are from this machine's, by the dates of their responses (RFC 9110 section 6.6.1). What is signed
/// for a server has that server's time in it: it alone decides whether that is too old, or not yet valid.
/// </summary>
internal sealed class ServerClocks(TimeProvider clock)
{
    /// <summary>Servers allow a little, and the way of a response takes its time.</summary>
    internal static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    // No clock is a century wrong. Whoever says so would have something signed for a day to come, or for one that cannot be written.
    private static readonly TimeSpan _farthest = TimeSpan.FromDays(36_525);

    // Null until a clock is found to be wrong: few ever are.
    private ConcurrentDictionary<string, TimeSpan>? _ahead;

    /// <summary>Now, by the clock of the server at an address as far as it is known.</summary>
    internal DateTimeOffset NowAt(Uri server) => clock.GetUtcNow() + (_ahead?.GetValueOrDefault(OriginOf(server)) ?? TimeSpan.Zero);

    /// <summary>
    /// Takes up what a response says. A document may come from a cache and be of another day, so only the response to a POST tells, and
    /// a refusal, which a cache does not keep by itself (RFC 9110 section 15.1).
    /// </summary>
    internal void Learn(OAuthRequest request, HttpResponse response) =>
        Learn(request.Endpoint, request.Method, response.StatusCode, response.Date);

    /// <inheritdoc cref="Learn(OAuthRequest, HttpResponse)"/>
    internal void Learn(Uri server, HttpMethod method, HttpStatusCode status, DateTimeOffset? saysNow)
    {
        if (saysNow is not { } date || (method != HttpMethod.Post && status != HttpStatusCode.Unauthorized))
        {
            return;
        }

        var ahead = date - clock.GetUtcNow();
        if (ahead.Duration() > _farthest)
        {
            return;
        }

        if (ahead.Duration() > Tolerance)
        {
            LazyInitializer.EnsureInitialized(ref _ahead, () => new(StringComparer.Ordinal))[OriginOf(server)] = ahead;
        }
        else
        {
            _ahead?.TryRemove(OriginOf(server), out _);
        }
    }

    private static string OriginOf(Uri server) => server.GetLeftPart(UriPartial.Authority);
}
