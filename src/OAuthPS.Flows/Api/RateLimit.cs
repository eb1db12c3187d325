using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Api;

/// <summary>
/// What a response says of how many requests are left, and when there are more: the <c>RateLimit</c> fields of the IETF's draft and the
/// <c>X-RateLimit</c> fields that services had before it.
/// </summary>
internal static class RateLimit
{
    private static readonly string[] _remaining = ["X-RateLimit-Remaining", "RateLimit-Remaining", "X-Rate-Limit-Remaining"];
    private static readonly string[] _reset = ["X-RateLimit-Reset", "RateLimit-Reset", "X-Rate-Limit-Reset"];

    /// <summary>Whether no request is left.</summary>
    internal static bool IsUsedUp(HttpResponse response) => Number(response, _remaining, "r") == 0;

    /// <param name="response">The response.</param>
    /// <param name="now">The time here, for a server that does not say its own.</param>
    /// <returns>How long until there are more, never below zero; null where that is not said, or requests are left.</returns>
    internal static TimeSpan? Reset(HttpResponse response, DateTimeOffset now)
    {
        var wait = IsUsedUp(response) && Number(response, _reset, "t") is { } number
            ? RetryAfter.Of(number, response.Date ?? now)
            : null;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    // The draft's newest form is one field: "default";r=0;t=30.
    private static double? Number(HttpResponse response, string[] names, string parameter)
    {
        foreach (var name in names)
        {
            if (response.Headers.TryGetValue(name, out var values) && values.Count > 0 && RetryAfter.Number(values[0]) is { } number)
            {
                return number;
            }
        }

        return response.Headers.TryGetValue("RateLimit", out var whole) && whole.Count > 0
            ? whole[0].Split(',')[0].Split(';', StringSplitOptions.TrimEntries)
                .Where(part => part.StartsWith($"{parameter}=", StringComparison.Ordinal))
                .Select(part => RetryAfter.Number(part[2..]))
                .FirstOrDefault()
            : null;
    }
}
