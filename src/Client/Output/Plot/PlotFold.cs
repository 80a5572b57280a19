namespace TomOrleans.Client.Output.Plot;

/// <summary>A period on whose phase a light curve is laid. Times are as they are stored: on Earth, without correction for the light time to the Sun.</summary>
/// <param name="PeriodDays">Above 0 [d].</param>
/// <param name="EpochMjd">A time of phase 0 [d, UTC].</param>
internal sealed record PlotFold(double PeriodDays, double EpochMjd)
{
    /// <summary>Phase of a time, from 0 to below 1.</summary>
    public double PhaseOf(double mjd)
    {
        var cycles = (mjd - EpochMjd) / PeriodDays;
        var phase = cycles - Math.Floor(cycles);
        return phase < 1 ? phase : 0;
    }
}
