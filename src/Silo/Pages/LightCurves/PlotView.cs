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

/// <summary>What the person looking at a light curve chose.</summary>
/// <param name="Theme">Colours.</param>
/// <param name="TimeAxis">What runs along x.</param>
/// <param name="ShowLimits">Limits without detection are drawn.</param>
/// <param name="ShowErrors">Error bars are drawn.</param>
/// <param name="NowMjd">Where "days ago" is zero [d, UTC].</param>
public sealed record PlotView(PageTheme Theme, TimeAxis TimeAxis, bool ShowLimits, bool ShowErrors, double NowMjd);
