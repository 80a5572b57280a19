using System.Globalization;

namespace TomOrleans.Silo.Pages.Text;

/// <summary>Coordinates [deg, ICRS] as decimal numbers, the form that programs take. Six places: about 4 mas.</summary>
public static class SkyText
{
    public static string Degrees(double degrees) => degrees.ToString("F6", CultureInfo.InvariantCulture);

    /// <summary>As <see cref="Degrees"/>, with its sign.</summary>
    public static string SignedDegrees(double degrees) => degrees.ToString("+0.000000;-0.000000;+0.000000", CultureInfo.InvariantCulture);

    /// <summary>A radius or separation in the unit that fits: <c>1.5 deg</c>, <c>12 arcmin</c>, <c>3.2 arcsec</c>.</summary>
    /// <param name="degrees">[deg]</param>
    public static string Angle(double degrees) => degrees switch
    {
        >= 1 => string.Create(CultureInfo.InvariantCulture, $"{degrees:0.##} deg"),
        >= 1 / 60.0 => string.Create(CultureInfo.InvariantCulture, $"{degrees * 60:0.##} arcmin"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{degrees * 3600:0.##} arcsec"),
    };
}
