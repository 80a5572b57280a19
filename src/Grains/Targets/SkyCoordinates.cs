using System.Globalization;

namespace TomOrleans.Grains.Targets;

/// <summary>Places on the sky as text and as numbers [deg, ICRS].</summary>
public static class SkyCoordinates
{
    /// <summary>Right ascension as <c>hh:mm:ss.ss</c> [h, min, s], wrapped into 0 to 24 h; empty for a number that is not finite.</summary>
    public static string FormatRightAscension(double degrees)
    {
        const long PerDay = 24 * 3600 * 100;
        if (!double.IsFinite(degrees))
        {
            return "";
        }

        var hundredths = (long)Math.Round(degrees % 360 * (PerDay / 360.0), MidpointRounding.AwayFromZero);
        hundredths = ((hundredths % PerDay) + PerDay) % PerDay;
        return string.Create(CultureInfo.InvariantCulture,
            $"{hundredths / 360_000:00}:{hundredths / 6000 % 60:00}:{hundredths / 100 % 60:00}.{hundredths % 100:00}");
    }

    /// <summary>Declination as <c>±dd:mm:ss.s</c> [deg, arcmin, arcsec]; empty for what is no declination.</summary>
    public static string FormatDeclination(double degrees)
    {
        if (!(Math.Abs(degrees) <= 90))
        {
            return "";
        }

        var tenths = (long)Math.Round(Math.Abs(degrees) * 36_000, MidpointRounding.AwayFromZero);
        var sign = degrees < 0 && tenths > 0 ? '-' : '+';
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{tenths / 36_000:00}:{tenths / 600 % 60:00}:{tenths / 10 % 60:00}.{tenths % 10}");
    }

    /// <summary>
    /// Reads a right ascension: a number is degrees, from 0 to 360; <c>10:20:30</c>, <c>10 20 30</c> and <c>10h20m30s</c> are hours;
    /// <c>150d30m00s</c> and <c>150.5 deg</c> degrees.
    /// </summary>
    /// <returns>[deg], from 0 to less than 360; null for anything else.</returns>
    public static double? ParseRightAscension(ReadOnlySpan<char> text)
    {
        if (Sexagesimal.Read(text) is not { } angle)
        {
            return null;
        }

        var degrees = angle.Unit is AngleUnit.Hours or AngleUnit.Unstated ? angle.Value * 15 : angle.Value;
        return degrees is >= 0 and <= 360 ? degrees % 360 : null;
    }

    /// <summary>
    /// Reads a declination: a number is degrees; <c>-20d30m00s</c>, <c>20°30'00"</c> and <c>20.5 deg</c> too. <c>-20:30:00</c> is taken as
    /// degrees beyond 6 only: Hermes takes it as hours, so that within 6 nobody can say which is meant.
    /// </summary>
    /// <returns>[deg], from -90 to 90; null for anything else.</returns>
    public static double? ParseDeclination(ReadOnlySpan<char> text)
    {
        if (Sexagesimal.Read(text) is not { Unit: not AngleUnit.Hours } angle || (angle.Unit == AngleUnit.Unstated && Math.Abs(angle.Value) <= 6))
        {
            return null;
        }

        return angle.Value is >= -90 and <= 90 ? angle.Value + 0.0 : null;
    }

    /// <summary>As <see cref="ParseDeclination"/>, for what a person types into a form that says degrees: <c>-02:30:00</c> is degrees too.</summary>
    /// <returns>[deg], from -90 to 90; null for anything else.</returns>
    public static double? ParseTypedDeclination(ReadOnlySpan<char> text) =>
        Sexagesimal.Read(text) is { Unit: not AngleUnit.Hours, Value: >= -90 and <= 90 } angle ? angle.Value + 0.0 : null;

    /// <summary>
    /// The angle between two places [deg], by the haversine formula: exact enough from milliarcseconds to nearly 180
    /// degrees.
    /// </summary>
    public static double SeparationDegrees(double rightAscension1, double declination1, double rightAscension2, double declination2)
    {
        var sinDeclination = Math.Sin(Radians(declination2 - declination1) / 2);
        var sinRightAscension = Math.Sin(Radians(rightAscension2 - rightAscension1) / 2);
        var haversine = (sinDeclination * sinDeclination)
            + (Math.Cos(Radians(declination1)) * Math.Cos(Radians(declination2)) * sinRightAscension * sinRightAscension);
        return 2 * Math.Asin(Math.Min(1, Math.Sqrt(haversine))) * 180 / Math.PI;
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
