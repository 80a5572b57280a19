using TomOrleans.Targets;

namespace TomOrleans.Client.Output.Plot;

/// <summary>What the vertical axis is.</summary>
internal enum PlotQuantity
{
    /// <summary>Magnitudes where there are any, else fluxes; nothing is converted.</summary>
    AsStored,
    Flux,
    Magnitude,
}

/// <summary>What of a target's photometry is drawn, and as what.</summary>
internal sealed record PlotView
{
    public PlotQuantity Quantity { get; init; }

    /// <summary>Fold on this period [d]; null for a light curve over time.</summary>
    public double? PeriodDays { get; init; }

    /// <summary>A time of phase 0 [d, UTC]; null for the first point.</summary>
    public double? EpochMjd { get; init; }

    /// <summary>Only these, as stated; empty for all.</summary>
    public IReadOnlyList<string> Bands { get; init; } = [];

    /// <summary>Null where the point cannot be shown as this quantity.</summary>
    public PhotometryPoint? Convert(PhotometryPoint point) => Quantity switch
    {
        PlotQuantity.Flux => BrightnessView.AsFlux(point),
        PlotQuantity.Magnitude => BrightnessView.AsMagnitude(point),
        _ => point,
    };
}
