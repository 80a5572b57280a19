using System.Globalization;

namespace TomOrleans.Silo.Pages.Text;

/// <summary>Coordinates [deg, ICRS] as decimal numbers, the form that programs take. Six places: about 4 mas.</summary>
public static class SkyText
{
    public static string Degrees(double degrees) => degrees.ToString("F6", CultureInfo.InvariantCulture);

    /// <summary>As <see cref="Degrees"/>, with its sign.</summary>
    public static string SignedDegrees(double degrees) => degrees.ToString("+0.000000;-0.000000;+0.000000", CultureInfo.InvariantCulture);
}
