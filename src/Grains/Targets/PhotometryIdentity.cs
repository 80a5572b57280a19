using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// The two hashes that tell measurements apart. Same identity and content: the measurement is known. Same identity, other content: a
/// revision of it. Both are stored, so for a given point they must never change; a new rule needs a new first byte and a migration.
/// </summary>
public static class PhotometryIdentity
{
    private const int UsualBytes = 256;

    // The first byte of what is hashed: the rule it was made by.
    private const byte ByMeasurementId = 1;
    private const byte ByCircumstances = 2;
    private const byte ContentRule = 3;

    /// <summary>
    /// What makes it this measurement and no other: origin and the origin's own id of it; without such an id origin, telescope, instrument,
    /// time to the nearest millisecond, band, and kind (magnitude or flux, detection or limit; a detection with a limit is a detection).
    /// Upper and lower case and outer blanks do not count, but in the origin's id they do.
    /// </summary>
    public static long Identity(PhotometryPoint point)
    {
        var input = new HashInput(stackalloc byte[UsualBytes]);
        try
        {
            if (!string.IsNullOrWhiteSpace(point.MeasurementId))
            {
                input.Add(ByMeasurementId);
                input.AddFolded(point.Origin);
                input.AddExact(point.MeasurementId.Trim());
                return input.Hash();
            }

            input.Add(ByCircumstances);
            input.AddFolded(point.Origin);
            input.AddFolded(point.Telescope);
            input.AddFolded(point.Instrument);
            input.Add(NearestMillisecond(point.Time.UtcMicroseconds));
            input.AddFolded(point.Bandpass);
            input.Add((byte)(point.IsLimit ? 1 : 0));
            input.Add((byte)(IsMagnitude(point.IsLimit ? point.LimitingBrightnessUnit : point.BrightnessUnit) ? 0 : 1));
            return input.Hash();
        }
        finally
        {
            input.Dispose();
        }
    }

    /// <summary>What was measured: value, error, limit, its error and sigma, the units of those that are there, and the exact time.</summary>
    public static long Content(PhotometryPoint point)
    {
        var input = new HashInput(stackalloc byte[UsualBytes]);
        input.Add(ContentRule);
        input.Add(point.Time.UtcMicroseconds);
        input.Add(point.Brightness);
        input.Add(point.BrightnessError);
        input.Add(Unit(point.BrightnessUnit, point.Brightness ?? point.BrightnessError));
        input.Add(point.LimitingBrightness);
        input.Add(point.LimitingBrightnessError);
        input.Add(Unit(point.LimitingBrightnessUnit, point.LimitingBrightness ?? point.LimitingBrightnessError));
        if (point.LimitSigma is not null)
        {
            // Older points have none; their hashes stay what they were.
            input.Add(point.LimitSigma);
        }

        return input.Hash();
    }

    public static bool IsMagnitude(BrightnessUnit unit) =>
        unit is BrightnessUnit.Magnitude or BrightnessUnit.AbMagnitude or BrightnessUnit.VegaMagnitude;

    /// <summary>A unit without a value says nothing: Hermes adds one to every row.</summary>
    private static byte Unit(BrightnessUnit unit, double? value) => value is null ? byte.MaxValue : checked((byte)unit);

    private static long NearestMillisecond(long microseconds)
    {
        var (quotient, remainder) = Math.DivRem(microseconds + 500, 1000);
        return remainder < 0 ? quotient - 1 : quotient;
    }
}
