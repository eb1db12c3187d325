using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// What a server says of when a token ends. RFC 6749 section 5.1 has a number of seconds; servers have more, and each form that has one
/// meaning is read.
/// </summary>
internal readonly partial record struct ResponseTime
{
    private const int LongestText = 64;

    // What is less than ten years is a duration, what is more than 2001 a moment; neither can be meant by the other's numbers.
    private const double LongestLifetime = 315_360_000;
    private const double FirstEpochSecond = 1e9;
    private const double LastEpochSecond = 253_402_300_799;
    private const double LastEpochMillisecond = 1e14;

    private static readonly TimeSpan _soon = TimeSpan.FromDays(400);

    private static readonly string[] _formats =
    [
        .. from date in new[] { "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm",
            "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyyMMdd'T'HHmmss" }
           from zone in new[] { "'Z'", "zzz", " zzz", " 'UTC'", " 'GMT'" }
           select date + zone,
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "ddd, d MMM yyyy HH:mm:ss 'GMT'", "ddd, d MMM yyyy HH:mm:ss zzz",

        // Managed identities of Azure App Service.
        "M/d/yyyy h:mm:ss tt zzz",
    ];

    /// <summary>How long it lives; null where that is not what the server says.</summary>
    internal TimeSpan? Lifetime { get; private init; }

    /// <summary>When it ends by the server's clock; null where that is not what the server says.</summary>
    internal DateTimeOffset? Moment { get; private init; }

    /// <summary>Whether there is something that has no meaning, or more than one.</summary>
    internal bool IsUnreadable { get; private init; }

    private static ResponseTime Unreadable => new() { IsUnreadable = true };

    /// <summary>Reads a member. One that is null, false, empty, 0 or -1 is the server's way to say nothing.</summary>
    /// <param name="value">The member.</param>
    /// <param name="isLifetime">
    /// Whether its name means a number of seconds (<c>expires_in</c>), and not a moment (<c>expires_at</c>).
    /// </param>
    /// <param name="now">The time, to tell a moment from a duration.</param>
    internal static ResponseTime Read(JsonElement value, bool isLifetime, DateTimeOffset now) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => default,
        JsonValueKind.Number when value.TryGetDouble(out var number) => Number(number, isLifetime, now),
        JsonValueKind.String => WireFormat.Text(value) is { Length: <= LongestText } text ? Text(text.Trim(), isLifetime, now) : Unreadable,
        _ => Unreadable,
    };

    private static ResponseTime Number(double number, bool isLifetime, DateTimeOffset now)
    {
        if (number is 0 or -1)
        {
            return default;
        }

        // A part of a second is none: what lives for less has ended when it arrives.
        number = Math.Truncate(number);
        return !double.IsFinite(number) || number < 0 ? Unreadable
            : isLifetime && !IsSoon(number, now) && number <= (DateTimeOffset.MaxValue - now).Ticks / TimeSpan.TicksPerSecond
                ? new() { Lifetime = Seconds(number) }
            : !isLifetime && number <= LongestLifetime ? new() { Lifetime = Seconds(number) }
            : number is >= FirstEpochSecond and <= LastEpochSecond && (!isLifetime || IsSoon(number, now))
                ? new() { Moment = DateTimeOffset.FromUnixTimeSeconds((long)number) }
            : number is >= FirstEpochSecond * 1000 and < LastEpochMillisecond
                ? new() { Moment = DateTimeOffset.FromUnixTimeMilliseconds((long)number) }
            : Unreadable;
    }

    // Nobody means a lifetime of the years that have passed since 1970 and a few days: it is a moment.
    private static bool IsSoon(double number, DateTimeOffset now) => Math.Abs(number - now.ToUnixTimeSeconds()) < _soon.TotalSeconds;

    private static TimeSpan Seconds(double number) => TimeSpan.FromTicks((long)number * TimeSpan.TicksPerSecond);

    private static ResponseTime Text(string text, bool isLifetime, DateTimeOffset now)
    {
        if (text.Length == 0)
        {
            return default;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return Number(number, isLifetime, now);
        }

        // "3600s" is how protocol buffers write a duration in JSON.
        if (text.EndsWith('s') && double.TryParse(text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out number))
        {
            return Number(number, isLifetime: true, now);
        }

        if (IsoDuration().Match(text) is { Success: true } duration)
        {
            return Number((86_400 * Part("d")) + (3600 * Part("h")) + (60 * Part("m")) + Part("s"), isLifetime: true, now);
        }

        // A date without a zone is another moment in each of them.
        var date = FinerThanTicks().Replace(char.IsAsciiDigit(text[0]) ? text.ToUpperInvariant() : text, "$1");
        return DateTimeOffset.TryParseExact(date, _formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? new() { Moment = moment.ToUniversalTime() }
            : Unreadable;

        double Part(string name) =>
            duration.Groups[name] is { Success: true } part ? double.Parse(part.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"^P(?=.)(?:(?<d>\d{1,6})D)?(?:T(?=.)(?:(?<h>\d{1,9})H)?(?:(?<m>\d{1,9})M)?(?:(?<s>\d{1,9})S)?)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex IsoDuration();

    [GeneratedRegex(@"(\.\d{7})\d+", RegexOptions.CultureInvariant)]
    private static partial Regex FinerThanTicks();
}
