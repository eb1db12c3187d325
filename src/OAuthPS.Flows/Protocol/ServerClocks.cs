using System.Collections.Concurrent;

namespace OAuthPS.Flows.Protocol;

/// <summary>
/// How far the clocks of servers are from this machine's, by the dates of their answers (RFC 9110 section 6.6.1). What is signed
/// for a server has that server's time in it: it alone decides whether that is too old, or not yet valid.
/// </summary>
internal sealed class ServerClocks(TimeProvider clock)
{
    /// <summary>Servers allow a little, and the way of an answer takes its time.</summary>
    internal static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TimeSpan> _ahead = new(StringComparer.Ordinal);

    /// <summary>Now, by the clock of the server at an address as far as it is known.</summary>
    internal DateTimeOffset NowAt(Uri server) => clock.GetUtcNow() + _ahead.GetValueOrDefault(OriginOf(server));

    /// <summary>Takes up what an answer says. A document may come from a cache and be of another day, so only a POST tells.</summary>
    internal void Learn(OAuthRequest request, HttpAnswer answer)
    {
        if (answer.Date is not { } date || request.Method != HttpMethod.Post)
        {
            return;
        }

        var ahead = date - clock.GetUtcNow();
        if (ahead.Duration() > Tolerance)
        {
            _ahead[OriginOf(request.Endpoint)] = ahead;
        }
        else
        {
            _ahead.TryRemove(OriginOf(request.Endpoint), out _);
        }
    }

    private static string OriginOf(Uri server) => server.GetLeftPart(UriPartial.Authority);
}
