using System.Globalization;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>Times as a dialect writes them: ISO in UTC to the microsecond, or Julian dates.</summary>
internal static class HermesTime
{
    private const decimal UnixEpochJulian = 2_440_587.5m;
    private const decimal MicrosecondsPerDay = 86_400_000_000m;

    /// <summary>False, with a few words why, for a time that cannot be written so that it is understood.</summary>
    public static bool TryFormat(ObservationTime time, HermesDialect dialect, out string date, out string reason)
    {
        const long first = -62_135_596_800_000_000; // 0001-01-01
        const long end = 253_402_300_800_000_000; // 10000-01-01
        if (dialect == HermesDialect.SkyPortal)
        {
            // In decimals: a double has no more than 40 us at a Julian date.
            var julian = UnixEpochJulian + (time.UtcMicroseconds / MicrosecondsPerDay);
            (date, reason) = (julian.ToString("0.0###########", CultureInfo.InvariantCulture), "a time that Hermes takes for no Julian date");
            return julian is > 2_400_000m and < 2_600_000m;
        }

        var fits = time.UtcMicroseconds is >= first and < end;
        date = fits ? DateTime.UnixEpoch.AddTicks(time.UtcMicroseconds * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture) : "";
        reason = "a time outside the years 1 to 9999";
        return fits;
    }
}
