using System.Globalization;

namespace TomOrleans.Grains.Targets.Files;

/// <summary>Times as files hold them.</summary>
internal static class TimeTexts
{
    /// <summary>Modified Julian date [d, UTC] to the microsecond, in decimal: 0.1 d is told as 0.1.</summary>
    public static string Mjd(long utcMicroseconds) =>
        (Math.Round(40587 + (utcMicroseconds / 86_400_000_000m), 11) / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
}
