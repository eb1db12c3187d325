using System.Globalization;
using System.Net.Http.Headers;

namespace OAuthPS.Flows.Http;

/// <summary>
/// How long a server asks to wait. RFC 9110 section 10.2.3 has whole seconds or a date; servers also send a part of a second, the
/// seconds since 1970, and dates as RFC 3339 writes them.
/// </summary>
internal static class RetryAfter
{
    private const string Name = "Retry-After";
    private const int LongestText = 64;

    // Nobody is asked to wait for thirty years: from there on a number is a moment, in seconds or in milliseconds.
    private const double FirstEpochSecond = 1e9;
    private const double FirstEpochMillisecond = 1e12;
    private const double LastEpochMillisecond = 1e14;

    // A date without a zone is another moment in each of them.
    private static readonly string[] _formats =
    [
        .. from date in new[] { "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss" }
           from zone in new[] { "'Z'", "zzz" }
           select date + zone,
    ];

    /// <param name="headers">The headers of a response.</param>
    /// <param name="now">The time here, for a server that does not say its own.</param>
    /// <returns>The wait, never below zero; null where the server asks for none, or in a way that has no meaning.</returns>
    internal static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (!headers.NonValidated.TryGetValues(Name, out var values) || values.Count != 1)
        {
            return null;
        }

        // A moment is the server's, and counts from what the server says is now.
        now = headers.Date ?? now;
        var text = values.ToString().Trim();
        var wait = headers.RetryAfter?.Date is { } date ? date - now : Read(text, now);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>
    /// A number that a header may have; null for anything else. <c>-Infinity</c> and the like are numbers to .NET in any style.
    /// </summary>
    internal static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) && number >= 0 ? number : null;

    /// <summary>The wait that a number asks for: seconds, or a moment since 1970 in seconds or milliseconds.</summary>
    internal static TimeSpan? Of(double number, DateTimeOffset now) =>
        number < FirstEpochSecond ? TimeSpan.FromSeconds(number) : Epoch(number) - now;

    private static TimeSpan? Read(string text, DateTimeOffset now)
    {
        if (text.Length > LongestText)
        {
            return null;
        }

        if (Number(text) is { } number)
        {
            return Of(number, now);
        }

        return DateTimeOffset.TryParseExact(
            text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment - now : null;
    }

    private static DateTimeOffset? Epoch(double number) => number switch
    {
        < FirstEpochMillisecond / 10 => DateTimeOffset.UnixEpoch.AddSeconds(number),
        >= FirstEpochMillisecond and < LastEpochMillisecond => DateTimeOffset.UnixEpoch.AddMilliseconds(number),
        _ => null,
    };
}
