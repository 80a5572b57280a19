using System.Globalization;
using TomOrleans.Targets;

namespace TomOrleans.Client.Input;

/// <summary>
/// A circle on the sky: <c>RA,DEC,RADIUS</c>. Degrees, or sexagesimal with colons (then RA is in hours): <c>05:34:31.9,+22:00:52,0.1</c>. The radius is
/// in degrees or says its unit: <c>5arcmin</c>, <c>10arcsec</c>.
/// </summary>
internal static class ConeInput
{
    public const string Allowed = "RA,DEC,RADIUS in degrees (83.63,22.01,0.1) or sexagesimal (05:34:31.9,+22:00:52,5arcmin)";

    public static bool TryParse(string text, out Cone cone)
    {
        cone = default;
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length != 3
            || !TryAngle(parts[0], degreesPerUnit: 15, out var rightAscension)
            || !TryAngle(parts[1], degreesPerUnit: 1, out var declination)
            || !TryRadius(parts[2], out var radius)
            || rightAscension is < 0 or >= 360 || declination is < -90 or > 90 || radius is <= 0 or > 180)
        {
            return false;
        }

        cone = new(rightAscension, declination, radius);
        return true;
    }

    /// <summary>Plain numbers are degrees; <paramref name="degreesPerUnit"/> is for the first sexagesimal place.</summary>
    private static bool TryAngle(string text, double degreesPerUnit, out double degrees)
    {
        if (!text.Contains(':', StringComparison.Ordinal))
        {
            return TryNumber(text, out degrees);
        }

        degrees = 0;
        var places = text.TrimStart('+', '-').Split(':');
        if (places.Length > 3 || text.Length - text.TrimStart('+', '-').Length > 1)
        {
            return false;
        }

        var scale = degreesPerUnit;
        for (var at = 0; at < places.Length; at++, scale /= 60)
        {
            if (!double.TryParse(places[at], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var place)
                || (at > 0 && place >= 60)
                || (at < places.Length - 1 && place != Math.Floor(place)))
            {
                return false;
            }

            degrees += place * scale;
        }

        degrees = text.StartsWith('-') ? -degrees : degrees;
        return true;
    }

    private static bool TryRadius(string text, out double degrees)
    {
        foreach (var (suffix, perDegree) in new[] { ("arcsec", 3600.0), ("arcmin", 60.0), ("deg", 1.0) })
        {
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                var isNumber = TryNumber(text[..^suffix.Length].TrimEnd(), out degrees);
                degrees /= perDegree;
                return isNumber;
            }
        }

        return TryNumber(text, out degrees);
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
