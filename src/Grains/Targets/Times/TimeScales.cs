namespace TomOrleans.Grains.Targets.Times;

/// <summary>From the clocks of files to UTC, to the microsecond (TDB to some 30 us).</summary>
internal static class TimeScales
{
    private const decimal MicrosecondsPerDay = 86_400_000_000m;
    private const decimal UnixEpochJulianDate = 2_440_587.5m;

    /// <summary>TT - TAI [us], exact by definition.</summary>
    private const decimal TtMinusTai = 32_184_000m;

    /// <summary>The scale of a file's word for it, old ones too (Rots and others 2015, A&amp;A 574, A36, table 2); null for one that is not read here.</summary>
    public static TimeScale? Find(string name) => name.Trim().ToUpperInvariant() switch
    {
        "UTC" => TimeScale.Utc,
        "TAI" or "IAT" => TimeScale.Tai,
        "TT" or "TDT" or "ET" => TimeScale.Tt,
        "TDB" => TimeScale.Tdb,
        "TCB" => TimeScale.Tcb,
        _ => null,
    };

    /// <param name="julianDate">[d, of <paramref name="scale"/>]</param>
    /// <param name="scale">Its scale.</param>
    /// <param name="utcMicroseconds">[us since 1970, UTC]</param>
    /// <returns>Why there is no such UTC; null when there is.</returns>
    public static string? ToUtc(decimal julianDate, TimeScale scale, out long utcMicroseconds)
    {
        var microseconds = (julianDate - UnixEpochJulianDate) * MicrosecondsPerDay;
        if (scale == TimeScale.Tcb)
        {
            microseconds -= TcbMinusTdb(julianDate);
        }

        if (scale is TimeScale.Tcb or TimeScale.Tdb)
        {
            microseconds -= TdbMinusTt(julianDate);
        }

        if (scale is not (TimeScale.Utc or TimeScale.Tai))
        {
            microseconds -= TtMinusTai;
        }

        var rounded = (long)Math.Round(microseconds, MidpointRounding.AwayFromZero);
        utcMicroseconds = rounded;
        return scale == TimeScale.Utc ? null : LeapSeconds.ToUtc(rounded, out utcMicroseconds);
    }

    /// <summary>[us] IAU 2006 Resolution B3: TDB = TCB - L_B (JD_TCB - T_0) 86400 s + TDB_0.</summary>
    private static decimal TcbMinusTdb(decimal julianDateTcb)
    {
        const decimal LB = 1.550519768e-8m, T0 = 2_443_144.5003725m, Tdb0 = -65.5m;
        return (LB * (julianDateTcb - T0) * MicrosecondsPerDay) - Tdb0;
    }

    /// <summary>[us] The two largest terms (Explanatory Supplement to the Astronomical Almanac, 3rd edition, section 3.2): TDB - TT = 1657 us sin g + 14 us sin 2g.</summary>
    private static decimal TdbMinusTt(decimal julianDate)
    {
        var g = double.DegreesToRadians(357.53 + (0.98560028 * (double)(julianDate - 2_451_545.0m)));
        return (decimal)((1657 * Math.Sin(g)) + (14 * Math.Sin(2 * g)));
    }
}
