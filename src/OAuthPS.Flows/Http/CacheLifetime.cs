using System.Globalization;
using System.Net.Http.Headers;

namespace OAuthPS.Flows.Http;

/// <summary>
/// For how long the copy of a document may be used without asking again (RFC 9111 section 4.2.1): what its response says, within bounds.
/// A server that forbids to keep it at all is not asked for each token; and one that allows a year has its keys looked at each day.
/// </summary>
internal static class CacheLifetime
{
    private static readonly TimeSpan _shortest = TimeSpan.FromMinutes(1);

    /// <summary>The bound, and what is used where the response says nothing: a day.</summary>
    internal static TimeSpan Longest { get; } = TimeSpan.FromDays(1);

    /// <param name="response">The response with the document.</param>
    /// <param name="now">The time by this machine's clock.</param>
    internal static TimeSpan Of(HttpResponse response, DateTimeOffset now)
    {
        var said = Said(response, now) ?? Longest;
        return said < _shortest ? _shortest : said > Longest ? Longest : said;
    }

    private static TimeSpan? Said(HttpResponse response, DateTimeOffset now)
    {
        if (Text(response, "Cache-Control") is { } text && CacheControlHeaderValue.TryParse(text, out var control))
        {
            if (control.NoStore || control.NoCache)
            {
                return TimeSpan.Zero;
            }

            if (control.MaxAge is { } age)
            {
                return age - AgeOf(response);
            }
        }

        // Section 5.3: what is no date, such as 0, is in the past.
        return Text(response, "Expires") is not { } expires ? null
            : DateTimeOffset.TryParseExact(expires, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
                ? end - (response.Date ?? now)
            : TimeSpan.Zero;
    }

    private static TimeSpan AgeOf(HttpResponse response) =>
        int.TryParse(Text(response, "Age"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.Zero;

    private static string? Text(HttpResponse response, string name) =>
        response.Headers.TryGetValue(name, out var values) ? string.Join(", ", values) : null;
}
