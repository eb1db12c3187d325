using System.Globalization;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Api;

/// <summary>
/// What a response says of how many requests are left, and when there are more: the <c>RateLimit</c> fields of the IETF's draft and the
/// <c>X-RateLimit</c> fields that services had before it.
/// </summary>
internal static class RateLimit
{
    // Nobody is asked to wait for thirty years: from there on a number is a moment.
    private const double FirstEpochSecond = 1e9;
    private const double FirstEpochMillisecond = 1e12;

    private static readonly string[] _remaining = ["X-RateLimit-Remaining", "RateLimit-Remaining", "X-Rate-Limit-Remaining"];
    private static readonly string[] _reset = ["X-RateLimit-Reset", "RateLimit-Reset", "X-Rate-Limit-Reset"];

    /// <summary>Whether no request is left.</summary>
    internal static bool IsUsedUp(HttpResponse response) => Number(response, _remaining, "r") == 0;

    /// <param name="response">The response.</param>
    /// <param name="now">The time here, for a server that does not say its own.</param>
    /// <returns>How long until there are more, never below zero; null where that is not said, or requests are left.</returns>
    internal static TimeSpan? Reset(HttpResponse response, DateTimeOffset now)
    {
        if (!IsUsedUp(response) || Number(response, _reset, "t") is not { } number || number >= FirstEpochMillisecond * 100)
        {
            return null;
        }

        now = response.Date ?? now;
        var wait = number < FirstEpochSecond ? TimeSpan.FromSeconds(number)
            : number < FirstEpochMillisecond ? DateTimeOffset.UnixEpoch.AddSeconds(number) - now
            : DateTimeOffset.UnixEpoch.AddMilliseconds(number) - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    // The draft's newest form is one field: "default";r=0;t=30.
    private static double? Number(HttpResponse response, string[] names, string parameter)
    {
        foreach (var name in names)
        {
            if (response.Headers.TryGetValue(name, out var values) && values.Count > 0 && Parse(values[0]) is { } number)
            {
                return number;
            }
        }

        return response.Headers.TryGetValue("RateLimit", out var whole) && whole.Count > 0
            ? whole[0].Split(',')[0].Split(';', StringSplitOptions.TrimEntries)
                .Where(part => part.StartsWith($"{parameter}=", StringComparison.Ordinal))
                .Select(part => Parse(part[2..]))
                .FirstOrDefault()
            : null;
    }

    private static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) && number >= 0 ? number : null;
}
