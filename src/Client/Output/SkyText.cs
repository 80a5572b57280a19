using System.Globalization;

namespace TomOrleans.Client.Output;

/// <summary>Coordinates as text.</summary>
internal static class SkyText
{
    /// <summary>[deg] to 6 decimals, some milliarcseconds; empty where unknown.</summary>
    public static string Degrees(double? degrees) => degrees?.ToString("0.000000", CultureInfo.InvariantCulture) ?? "";

    /// <summary><c>05:34:31.94</c> from degrees.</summary>
    public static string Hours(double rightAscensionDegrees)
    {
        // Hundredths of a second, rounded before they are split: 359.9999999 is 00:00:00.00, never 23:59:60.00.
        var hundredths = (long)Math.Round(rightAscensionDegrees / 15 * 360_000) % (24 * 360_000);
        return Sexagesimal(hundredths, 100);
    }

    /// <summary><c>+22:00:52.2</c> from degrees.</summary>
    public static string Declination(double degrees) =>
        (degrees < 0 ? "-" : "+") + Sexagesimal((long)Math.Round(Math.Abs(degrees) * 36_000), 10);

    /// <summary>An angle in the largest unit in which it is at least one: <c>0.35"</c>, <c>2.10'</c>, <c>1.250°</c>.</summary>
    public static string Separation(double degrees) => degrees switch
    {
        < 1.0 / 60 => string.Create(CultureInfo.InvariantCulture, $"{degrees * 3600:0.00}\""),
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{degrees * 60:0.00}'"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{degrees:0.000}°"),
    };

    private static string Sexagesimal(long parts, int perSecond)
    {
        var seconds = parts / perSecond;
        var digits = perSecond == 100 ? "00" : "0";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}.{(parts % perSecond).ToString(digits, CultureInfo.InvariantCulture)}");
    }
}
