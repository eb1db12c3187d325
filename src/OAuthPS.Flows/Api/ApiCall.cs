using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Api;

/// <summary>A call of an API.</summary>
public sealed record ApiCall
{
    /// <summary>Where to: absolute, or relative to the session's service URL.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The method; GET when nothing else is said.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>The method of a name (RFC 9110 section 9.1).</summary>
    /// <param name="name">The name; its case counts.</param>
    /// <exception cref="OAuthUsageException">It cannot be the name of a method.</exception>
    public static HttpMethod MethodOf(string name)
    {
        try
        {
            return new HttpMethod(name);
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException)
        {
            throw Errors.InvalidMethod(name);
        }
    }

    /// <summary>Headers besides the session's; one of the same name goes before the session's.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether values of headers are sent as they are, where a header's own grammar (RFC 9110) would refuse them. Control characters and
    /// what is not ASCII stay refused.
    /// </summary>
    public bool SkipHeaderValidation { get; init; }

    /// <summary>The body; null for none.</summary>
    public ApiContent? Content { get; init; }

    /// <summary>
    /// The time for each request and its response; the session's when null. Where a file goes up or down, it is the time until the response
    /// begins, and then for each pause.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The version of HTTP to ask with, such as 2.0; 1.1 when null. A server that has a lower one answers with that.</summary>
    public Version? HttpVersion { get; init; }

    /// <summary>Whether the connection is closed after the response.</summary>
    public bool DisableKeepAlive { get; init; }

    /// <summary>
    /// How often the call is made again where the API fails for the moment (RFC 9110 sections 15.5.9 and 15.6, RFC 6585 section 4). When
    /// null, three times at most, and only where making it twice does no more than making it once (RFC 9110 section 9.2.2), or where
    /// nothing was done; a number asks for it whatever the method.
    /// </summary>
    public int? MaximumRetryCount { get; init; }

    /// <summary>
    /// The wait before each time, where the API does not say how long; about one second, two and four when null.
    /// </summary>
    public TimeSpan? RetryInterval { get; init; }

    /// <summary>How many redirects within the origin are followed at most. With 0 the redirect is the response.</summary>
    public int MaximumRedirection { get; init; } = RedirectPolicy.MaximumHops;

    /// <summary>
    /// Whether a redirect with 301, 302 or 303 is followed with the call's method. Otherwise 303 is followed with GET, and the two others
    /// only where the call's method is GET or HEAD.
    /// </summary>
    public bool PreserveMethodOnRedirect { get; init; }

    /// <summary>Whether a refusal of the API is a response like any other; an exception otherwise.</summary>
    public bool SkipErrorCheck { get; init; }

    /// <summary>
    /// The file that the response's body goes into; null keeps it in memory. It is there whole at the end, or as it was before: see
    /// <see cref="Resume"/>.
    /// </summary>
    public string? OutFile { get; init; }

    /// <summary>
    /// Whether the file is written in place, so that what arrived of it stays when the connection breaks, and the next call with this goes
    /// on from there (RFC 9110 section 14.2).
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>
    /// Whether a response has named the address, such as a link to the next page, and not the caller: the token goes no further by it.
    /// </summary>
    public bool IsLink { get; init; }

    /// <summary>How the API is reached, for this call alone; what it is silent about, and all when null, as for the session.</summary>
    public NetworkOptions? Network { get; init; }

    /// <summary>The method and the address as it may be shown.</summary>
    public override string ToString() => $"{Method} {ShownUrl.Of(Uri)}";

    /// <summary>
    /// How messages name a request of the protocol itself, which is bounded as one and carries no header that is meant for an API; null for
    /// any other.
    /// </summary>
    internal string? ProtocolPurpose { get; init; }
}
