using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>What no measurement can be, whatever file or message says so. Pure.</summary>
public static class PointRules
{
    /// <summary>Beyond the Sun's -27 and the faintest depths anybody plans [mag].</summary>
    public const double BrightestMagnitude = -35;

    /// <inheritdoc cref="BrightestMagnitude"/>
    public const double FaintestMagnitude = 60;

    /// <summary>Why this is no brightness, to be put behind the value; null when it can be one.</summary>
    public static string? Why(double brightness, BrightnessUnit unit) => brightness switch
    {
        _ when !double.IsFinite(brightness) => "is not a finite number",
        < BrightestMagnitude or > FaintestMagnitude when PhotometryIdentity.IsMagnitude(unit) => $"is no magnitude ({BrightestMagnitude} to {FaintestMagnitude})",
        _ => null,
    };
}
