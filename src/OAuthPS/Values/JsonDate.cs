using System.Buffers.Text;

namespace OAuthPS.Values;

/// <summary>
/// The texts in JSON that ConvertFrom-Json takes for a date: a date and a time of ISO 8601, whose offset is universal, local or unsaid,
/// and the form of old .NET services, <c>/Date(1577934245000)/</c>.
/// </summary>
internal static class JsonDate
{
    internal const int MaximumLength = 40;

    private const int ShortestIso = 19;
    private const int MaximumFraction = 7;

    internal static bool TryParse(ReadOnlySpan<byte> text, out DateTime date)
    {
        date = default;
        return text.Length > 0 && text.Length <= MaximumLength && (text[0] == (byte)'/' ? TryParseOld(text, out date)
            : text.Length >= ShortestIso && text[10] == (byte)'T' && TryParseIso(text, out date));
    }

    private static bool TryParseIso(ReadOnlySpan<byte> text, out DateTime date)
    {
        date = default;
        if (text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':'
            || !TryParseNumber(text[..4], out var year) || !TryParseNumber(text[5..7], out var month)
            || !TryParseNumber(text[8..10], out var day) || !TryParseNumber(text[11..13], out var hour)
            || !TryParseNumber(text[14..16], out var minute) || !TryParseNumber(text[17..19], out var second))
        {
            return false;
        }

        var rest = text[ShortestIso..];
        if (!TryParseFraction(ref rest, out var fraction) || !TryParseZone(rest, out var kind, out var offset))
        {
            return false;
        }

        // ISO 8601 section 4.2.3: the end of a day.
        var isMidnight = hour == 24 && minute == 0 && second == 0 && fraction == 0;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || (hour > 23 && !isMidnight) || minute > 59 || second > 59)
        {
            return false;
        }

        var ticks = new DateTime(year, month, day).Ticks + new TimeSpan(hour, minute, second).Ticks + fraction;
        date = kind == DateTimeKind.Local ? ToLocal(ticks - offset.Ticks)
            : ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, kind)
            : default;
        return ticks <= DateTime.MaxValue.Ticks || kind == DateTimeKind.Local;
    }

    private static bool TryParseFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest.IsEmpty || rest[0] != (byte)'.')
        {
            return true;
        }

        var digits = 0;
        for (rest = rest[1..]; digits < rest.Length && rest[digits] is >= (byte)'0' and <= (byte)'9'; digits++)
        {
            if (digits == MaximumFraction)
            {
                return false;
            }

            ticks = (ticks * 10) + (rest[digits] - '0');
        }

        for (var at = digits; at < MaximumFraction; at++)
        {
            ticks *= 10;
        }

        rest = rest[digits..];
        return digits > 0;
    }

    private static bool TryParseZone(ReadOnlySpan<byte> zone, out DateTimeKind kind, out TimeSpan offset)
    {
        (kind, offset) = (DateTimeKind.Local, default);
        if (zone.IsEmpty || zone is [(byte)'Z' or (byte)'z'])
        {
            kind = zone.IsEmpty ? DateTimeKind.Unspecified : DateTimeKind.Utc;
            return true;
        }

        var minutes = zone.Length switch
        {
            3 => "00"u8,
            5 => zone[3..],
            6 when zone[3] == (byte)':' => zone[4..],
            _ => default,
        };
        if (zone[0] is not ((byte)'+' or (byte)'-') || minutes.IsEmpty
            || !TryParseNumber(zone[1..3], out var hour) || !TryParseNumber(minutes, out var minute))
        {
            return false;
        }

        offset = new TimeSpan(hour, minute, 0) * (zone[0] == (byte)'-' ? -1 : 1);
        return true;
    }

    // Milliseconds since 1970. The offset after them says only that the date is a local one.
    private static bool TryParseOld(ReadOnlySpan<byte> text, out DateTime date)
    {
        date = default;
        if (!text.StartsWith("/Date("u8) || !text.EndsWith(")/"u8)
            || !Utf8Parser.TryParse(text[6..^2], out long milliseconds, out var length))
        {
            return false;
        }

        var isInRange = milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
        var zone = text[(6 + length)..^2];
        if (text[6] == (byte)'+' || !isInRange
            || !TryParseZone(zone, out var kind, out _) || kind == DateTimeKind.Utc)
        {
            return false;
        }

        date = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;
        date = kind == DateTimeKind.Local ? date.ToLocalTime() : date;
        return true;
    }

    private static DateTime ToLocal(long ticks) =>
        ticks < DateTime.MinValue.Ticks ? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Local)
        : ticks > DateTime.MaxValue.Ticks ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Local)
        : new DateTime(ticks, DateTimeKind.Utc).ToLocalTime();

    private static bool TryParseNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
