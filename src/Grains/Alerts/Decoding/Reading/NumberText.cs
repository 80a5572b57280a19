using System.Globalization;

namespace TomOrleans.Grains.Alerts.Decoding.Reading;

/// <summary>Numbers with as many digits as their type has, and not one of noise; what is no number as Python names it.</summary>
internal static class NumberText
{
    public static string Of(float number) => Of(number, number.ToString("R", CultureInfo.InvariantCulture));

    public static string Of(double number) => Of(number, number.ToString("R", CultureInfo.InvariantCulture));

    private static string Of(double number, string digits) =>
        double.IsFinite(number) ? digits : double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
}
