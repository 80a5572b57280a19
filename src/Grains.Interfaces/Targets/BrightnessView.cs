namespace TomOrleans.Targets;

/// <summary>Points turned into another quantity to be looked at; what is stored stays as it was given. By <see cref="AbZeroPoint"/>.</summary>
public static class BrightnessView
{
    /// <summary>A flux below this many standard deviations is shown as a limit at as many.</summary>
    private const double Significant = 3;

    private static readonly Dictionary<BrightnessUnit, double> MicrojanskysPer = new()
    {
        [BrightnessUnit.Nanojansky] = 1e-3,
        [BrightnessUnit.Microjansky] = 1,
        [BrightnessUnit.Millijansky] = 1e3,
        [BrightnessUnit.Jansky] = 1e6,
    };

    /// <summary>What a number in one of two units is multiplied by to be in the other; null unless both are janskys or parts of them.</summary>
    public static double? Ratio(BrightnessUnit from, BrightnessUnit to) =>
        MicrojanskysPer.TryGetValue(from, out var given) && MicrojanskysPer.TryGetValue(to, out var wanted) ? given / wanted : null;

    /// <summary>In uJy; null where that depends on the filter: Vega magnitudes, magnitudes of no stated system, fluxes per wavelength.</summary>
    public static PhotometryPoint? AsFlux(PhotometryPoint point)
    {
        var (value, error) = Flux(point.Brightness, point.BrightnessError, point.BrightnessUnit);
        var (limit, limitError) = Flux(point.LimitingBrightness, point.LimitingBrightnessError, point.LimitingBrightnessUnit);
        return value is null && limit is null ? null : point with
        {
            Brightness = value,
            BrightnessError = error,
            BrightnessUnit = BrightnessUnit.Microjansky,
            LimitingBrightness = limit,
            LimitingBrightnessError = limitError,
            LimitingBrightnessUnit = BrightnessUnit.Microjansky,
        };
    }

    /// <summary>In magnitudes: fluxes as AB magnitudes, those that are not significant as limits; null where that depends on the filter, or nothing can be said.</summary>
    public static PhotometryPoint? AsMagnitude(PhotometryPoint point)
    {
        if (point.IsLimit)
        {
            return IsMagnitude(point.LimitingBrightnessUnit) ? point : Limit(point, point.LimitingBrightness, point.LimitingBrightnessUnit, point.LimitSigma);
        }

        if (IsMagnitude(point.BrightnessUnit))
        {
            return point;
        }

        if (!MicrojanskysPer.TryGetValue(point.BrightnessUnit, out var factor))
        {
            return null;
        }

        var (flux, error) = (point.Brightness!.Value * factor, point.BrightnessError * factor);
        if (flux > 0 && !(flux < Significant * error))
        {
            return point with
            {
                Brightness = AbZeroPoint.ToMagnitude(flux),
                BrightnessError = AbZeroPoint.MagnitudesPerRelativeError * error / flux,
                BrightnessUnit = BrightnessUnit.AbMagnitude,
                LimitingBrightness = null,
            };
        }

        return point.LimitingBrightness is { } given && IsMagnitude(point.LimitingBrightnessUnit) ? point with { Brightness = null, BrightnessError = null, LimitingBrightness = given }
            : error is > 0 ? Limit(point, Significant * error, BrightnessUnit.Microjansky, Significant)
            : null;
    }

    private static PhotometryPoint? Limit(PhotometryPoint point, double? limit, BrightnessUnit unit, double? sigma) =>
        limit is > 0 && MicrojanskysPer.TryGetValue(unit, out var factor)
            ? point with
            {
                Brightness = null,
                BrightnessError = null,
                LimitingBrightness = AbZeroPoint.ToMagnitude(limit.Value * factor),
                LimitingBrightnessError = null,
                LimitingBrightnessUnit = BrightnessUnit.AbMagnitude,
                LimitSigma = sigma,
            }
            : null;

    private static (double? Value, double? Error) Flux(double? value, double? error, BrightnessUnit unit) =>
        value is not { } number ? (null, null)
        : MicrojanskysPer.TryGetValue(unit, out var factor) ? (number * factor, error * factor)
        : unit == BrightnessUnit.AbMagnitude ? (AbZeroPoint.ToFlux(number), error * AbZeroPoint.ToFlux(number) / AbZeroPoint.MagnitudesPerRelativeError)
        : (null, null);

    private static bool IsMagnitude(BrightnessUnit unit) => unit is BrightnessUnit.Magnitude or BrightnessUnit.AbMagnitude or BrightnessUnit.VegaMagnitude;
}
