using System.Globalization;

namespace TomOrleans.Grains.Targets.Times;

/// <summary>
/// TAI - UTC [s] since 1972, when UTC began to run at TAI's rate: each value with the first day that has it. Source: IERS Bulletin C and its list leap-seconds.list
/// (https://hpiers.obspm.fr/iers/bul/bulc/ntp/leap-seconds.list), as of Bulletin C 70 of July 2025.
/// </summary>
/// <remarks>A later leap second needs a line here; until then times after <see cref="KnownUntil"/> are read with the last value, and an import and <c>tom doctor</c> say so.</remarks>
public static class LeapSeconds
{
    /// <summary>Up to this day the table is known to be whole: the list's own date of expiry.</summary>
    public static readonly DateOnly KnownUntil = new(2026, 6, 28);

    /// <summary>For a person.</summary>
    public static readonly string Known = string.Create(CultureInfo.InvariantCulture, $"leap seconds are known until {KnownUntil:yyyy-MM-dd}");

    /// <summary>In the order of time.</summary>
    public static readonly IReadOnlyList<(DateOnly From, int TaiMinusUtc)> Table =
    [
        (new(1972, 1, 1), 10), (new(1972, 7, 1), 11), (new(1973, 1, 1), 12), (new(1974, 1, 1), 13), (new(1975, 1, 1), 14), (new(1976, 1, 1), 15), (new(1977, 1, 1), 16),
        (new(1978, 1, 1), 17), (new(1979, 1, 1), 18), (new(1980, 1, 1), 19), (new(1981, 7, 1), 20), (new(1982, 7, 1), 21), (new(1983, 7, 1), 22), (new(1985, 7, 1), 23),
        (new(1988, 1, 1), 24), (new(1990, 1, 1), 25), (new(1991, 1, 1), 26), (new(1992, 7, 1), 27), (new(1993, 7, 1), 28), (new(1994, 7, 1), 29), (new(1996, 1, 1), 30),
        (new(1997, 7, 1), 31), (new(1999, 1, 1), 32), (new(2006, 1, 1), 33), (new(2009, 1, 1), 34), (new(2012, 7, 1), 35), (new(2015, 7, 1), 36), (new(2017, 1, 1), 37),
    ];

    private const long Second = 1_000_000;

    private static readonly long[] Starts = [.. Table.Select(entry => (entry.From.ToDateTime(TimeOnly.MinValue).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond)];

    private static readonly long Unknown = (KnownUntil.AddDays(1).ToDateTime(TimeOnly.MinValue).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>False after <see cref="KnownUntil"/> [us since 1970, UTC].</summary>
    public static bool AreKnown(long utcMicroseconds) => utcMicroseconds < Unknown;

    /// <summary>TAI of a UTC time, both [us since 1970-01-01T00:00:00 of their own scale]; null before 1972.</summary>
    public static long? ToTai(long utcMicroseconds)
    {
        for (var i = Starts.Length - 1; i >= 0; i--)
        {
            if (utcMicroseconds >= Starts[i])
            {
                return utcMicroseconds + (Table[i].TaiMinusUtc * Second);
            }
        }

        return null;
    }

    /// <summary>UTC of a TAI time, both [us since 1970-01-01T00:00:00 of their own scale].</summary>
    /// <returns>Why there is none; null when there is.</returns>
    public static string? ToUtc(long taiMicroseconds, out long utcMicroseconds)
    {
        utcMicroseconds = 0;
        for (var i = Starts.Length - 1; i >= 0; i--)
        {
            utcMicroseconds = taiMicroseconds - (Table[i].TaiMinusUtc * Second);
            if (utcMicroseconds >= Starts[i])
            {
                return null;
            }

            if (i > 0 && taiMicroseconds - (Table[i - 1].TaiMinusUtc * Second) >= Starts[i])
            {
                return "falls on a leap second, which this TOM cannot hold";
            }
        }

        return "lies before 1972, where UTC has no whole offset from TAI";
    }
}
