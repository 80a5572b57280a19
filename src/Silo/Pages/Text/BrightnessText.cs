using System.Globalization;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Pages.Text;

/// <summary>Brightness with the digits that its error allows: two significant ones of the error, the value to the same place.</summary>
public static class BrightnessText
{
    /// <summary>Beyond these, a flux is written with a power of ten.</summary>
    private const double Large = 1e6, Small = 1e-3;

    /// <summary>What a point says, in one piece: <c>18.123 ± 0.021 mag (AB)</c>, or its limit where it has no detection.</summary>
    public static string Of(PhotometryPoint point) => point.Brightness is { } value
        ? $"{Value(value, point.BrightnessError, point.BrightnessUnit)} {UnitText.Of(point.BrightnessUnit)}"
        : Limit(point) ?? "";

    /// <summary><c>&gt; 20.5 mag (AB)</c> (fainter than) or <c>&lt; 3.2 uJy</c>; null when the point states none.</summary>
    public static string? Limit(PhotometryPoint point) => point.LimitingBrightness is { } limit
        ? $"{(point.LimitingBrightnessUnit.IsMagnitude() ? '>' : '<')} {Value(limit, null, point.LimitingBrightnessUnit)} {UnitText.Of(point.LimitingBrightnessUnit)}"
        : null;

    /// <summary>The number alone, with <c>± error</c> where there is one.</summary>
    public static string Value(double value, double? error, BrightnessUnit unit) => unit.IsMagnitude()
        ? Fixed(value, error, error is > 0 ? Math.Clamp(Decimals(error.Value), 2, 4) : null)
        : Flux(value, error);

    private static string Flux(double value, double? error)
    {
        var size = Math.Max(Math.Abs(value), error ?? 0);
        if (size == 0 || (size < Large && size >= Small))
        {
            return Fixed(value, error, error is > 0 ? Math.Clamp(Decimals(error.Value), 0, 6) : null);
        }

        var exponent = (int)Math.Floor(Math.Log10(size));
        var scale = Math.Pow(10, exponent);
        var scaled = Fixed(value / scale, error / scale, error is > 0 ? Math.Clamp(Decimals(error.Value / scale), 1, 6) : null);
        return $"{(error is null ? scaled : $"({scaled})")}e{exponent.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>Without an error nobody knows which digits count: what was given, to six of them.</summary>
    private static string Fixed(double value, double? error, int? decimals)
    {
        var format = decimals is { } places ? $"F{places}" : "0.######";
        var text = value.ToString(format, CultureInfo.InvariantCulture);
        return error is { } sigma ? $"{text} ± {sigma.ToString(format, CultureInfo.InvariantCulture)}" : text;
    }

    /// <summary>Places after the point that show two significant digits of <paramref name="error"/>.</summary>
    private static int Decimals(double error) => 1 - (int)Math.Floor(Math.Log10(error));
}
