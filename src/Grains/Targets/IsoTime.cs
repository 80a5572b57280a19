namespace TomOrleans.Grains.Targets;

/// <summary>
/// ISO 8601: <c>2026-07-01</c>, <c>2026-07-01T03:04[:05[.678]][Z|+02:00]</c> (also a blank for the T, a comma for the point) and
/// <c>20260701T030405[.678][Z|+0200]</c>. Digits beyond the microsecond are cut off. No offset means UTC.
/// </summary>
internal static class IsoTime
{
    private const int EarliestYear = 1000;

    /// <summary>True when the text begins as one of the two forms.</summary>
    public static bool IsDate(ReadOnlySpan<char> text) =>
        (text.Length >= 10 && text[4] == '-' && text[7] == '-' && AreDigits(text[..4]) && AreDigits(text[5..7]) && AreDigits(text[8..10]))
        || (text.Length > 8 && text[8] == 'T' && AreDigits(text[..8]));

    /// <summary>Reads a text for which <see cref="IsDate"/> holds.</summary>
    /// <returns>Why it is no time; null when it is one.</returns>
    public static string? Read(ReadOnlySpan<char> text, out long utcMicroseconds)
    {
        utcMicroseconds = 0;
        var extended = text[4] == '-';
        var (year, month, day) = extended
            ? (Number(text[..4]), Number(text[5..7]), Number(text[8..10]))
            : (Number(text[..4]), Number(text[4..6]), Number(text[6..8]));
        if (year < EarliestYear)
        {
            return $"lies before the year {EarliestYear}: likely a missing value";
        }

        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return "is no date of the calendar";
        }

        var rest = text[(extended ? 10 : 8)..];
        long clock = 0, offset = 0;
        if (!rest.IsEmpty && (ReadClock(ref rest, extended, out clock) ?? ReadOffset(rest, out offset)) is { } why)
        {
            return why;
        }

        utcMicroseconds = ((new DateTime(year, month, day).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond) + clock - offset;
        return utcMicroseconds <= CanonicalTime.Latest ? null : "lies beyond the year 9999";
    }

    private static string? ReadClock(ref ReadOnlySpan<char> rest, bool extended, out long microseconds)
    {
        const string NoClock = "has no time of day that can be read after its date";
        microseconds = 0;
        if (rest[0] is not ('T' or 't' or ' ') || !TakeTwo(ref rest, 1, out var hour) || !TakeTwo(ref rest, extended ? 1 : 0, out var minute, ':'))
        {
            return NoClock;
        }

        // Seconds may be left out in the extended form only, and then the fraction too.
        var second = 0;
        var hasSecond = !extended || (!rest.IsEmpty && rest[0] == ':');
        if (hasSecond && !TakeTwo(ref rest, extended ? 1 : 0, out second, ':'))
        {
            return NoClock;
        }

        if (hasSecond && !rest.IsEmpty && (rest[0] is '.' or ',') && !TakeFraction(ref rest, out microseconds))
        {
            return "has no digits in its fraction of a second";
        }

        microseconds += ((((hour * 60L) + minute) * 60) + second) * 1_000_000;
        return (hour, minute, second) switch
        {
            (24, _, _) => "has the hour 24: give the next day instead",
            ( > 24, _, _) or (_, > 59, _) or (_, _, > 60) => "is no time of day",
            (_, _, 60) => "falls on a leap second, which this TOM cannot hold",
            _ => null,
        };
    }

    private static string? ReadOffset(ReadOnlySpan<char> zone, out long microseconds)
    {
        microseconds = 0;
        zone = zone.TrimStart(' ');
        if (zone.IsEmpty || zone is "Z" or "z" or "UTC")
        {
            return null;
        }

        var sign = zone[0];
        if (sign is not ('+' or '-'))
        {
            return char.IsAsciiLetter(sign)
                ? "has the name of a time zone: only Z and offsets like +02:00 are read"
                : "has something unreadable after its time";
        }

        var minute = 0;
        var read = TakeTwo(ref zone, 1, out var hour) && (zone.IsEmpty || TakeTwo(ref zone, zone[0] == ':' ? 1 : 0, out minute)) && zone.IsEmpty;
        if (!read || minute > 59 || (hour * 60) + minute > 14 * 60)
        {
            return "has no offset that can be read after its time";
        }

        microseconds = ((hour * 60L) + minute) * 60_000_000 * (sign == '-' ? -1 : 1);
        return null;
    }

    /// <summary>
    /// Takes two digits after <paramref name="skip"/> characters, which must be <paramref name="separator"/> where that is
    /// given.
    /// </summary>
    private static bool TakeTwo(ref ReadOnlySpan<char> rest, int skip, out int value, char separator = '\0')
    {
        value = 0;
        if (rest.Length < skip + 2 || !AreDigits(rest.Slice(skip, 2)) || (skip > 0 && separator != '\0' && rest[0] != separator))
        {
            return false;
        }

        value = Number(rest.Slice(skip, 2));
        rest = rest[(skip + 2)..];
        return true;
    }

    private static bool TakeFraction(ref ReadOnlySpan<char> rest, out long microseconds)
    {
        microseconds = 0;
        var digits = 0;
        for (; digits + 1 < rest.Length && char.IsAsciiDigit(rest[digits + 1]); digits++)
        {
            microseconds = digits < 6 ? (microseconds * 10) + (rest[digits + 1] - '0') : microseconds;
        }

        for (var missing = digits; missing < 6; missing++)
        {
            microseconds *= 10;
        }

        rest = rest[(digits + 1)..];
        return digits > 0;
    }

    private static bool AreDigits(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character))
            {
                return false;
            }
        }

        return true;
    }

    private static int Number(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return value;
    }
}
