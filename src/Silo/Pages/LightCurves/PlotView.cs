using TomOrleans.Silo.Pages.Frame;

namespace TomOrleans.Silo.Pages.LightCurves;

/// <summary>The x axis of a light curve.</summary>
public enum TimeAxis
{
    /// <summary>Modified Julian date [d, UTC].</summary>
    Mjd,

    /// <summary>Calendar date, UTC.</summary>
    Utc,

    /// <summary>Days before the page was opened; negative is past [d].</summary>
    DaysAgo,
}

/// <summary>What a light curve's brightness is shown as.</summary>
public enum ShownBrightness
{
    /// <summary>As it was given.</summary>
    AsGiven,

    /// <summary>Janskys as AB magnitudes.</summary>
    Magnitudes,

    /// <summary>AB magnitudes as uJy.</summary>
    Fluxes,
}

/// <summary>What the person looking at a light curve chose.</summary>
/// <param name="Theme">Colours.</param>
/// <param name="TimeAxis">What runs along x.</param>
/// <param name="ShowLimits">Limits without detection are drawn.</param>
/// <param name="ShowErrors">Error bars are drawn.</param>
/// <param name="NowMjd">Where "days ago" is zero [d, UTC].</param>
public sealed record PlotView(PageTheme Theme, TimeAxis TimeAxis, bool ShowLimits, bool ShowErrors, double NowMjd)
{
    /// <summary>Fold on this period [d]; null for a light curve over time.</summary>
    public double? PeriodDays { get; init; }

    /// <summary>A time of phase 0 [d, UTC].</summary>
    public double EpochMjd { get; init; }

    /// <summary>Phase of a time, from 0 to below 1; only with a period.</summary>
    public double PhaseOf(double mjd)
    {
        var cycles = (mjd - EpochMjd) / PeriodDays!.Value;
        return cycles - Math.Floor(cycles) is var phase and < 1 ? phase : 0;
    }
}
