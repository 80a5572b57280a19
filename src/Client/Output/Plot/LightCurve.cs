using TomOrleans.Targets;

namespace TomOrleans.Client.Output.Plot;

/// <summary>A measurement or limit on the plot's axes.</summary>
/// <param name="Mjd">[d, UTC]</param>
/// <param name="Band">Bandpass as stated.</param>
/// <param name="Value">In the axis' unit.</param>
/// <param name="Error">One standard deviation in the axis' unit; null when not stated and for limits.</param>
/// <param name="IsLimit">Nothing fainter than <paramref name="Value"/> would have been seen.</param>
internal readonly record struct PlotPoint(double Mjd, string Band, double Value, double? Error, bool IsLimit);

/// <summary>
/// What of a target's photometry is drawn: magnitudes where there are any, else fluxes. Magnitudes of different systems stand on one axis, as given;
/// janskys are brought to one unit; magnitude and flux are never turned into each other.
/// </summary>
internal sealed record LightCurve
{
    public required IReadOnlyList<PlotPoint> Points { get; init; }

    /// <summary>The points as they are stored, in the order of <see cref="Points"/>.</summary>
    public required IReadOnlyList<PhotometryPoint> Sources { get; init; }

    public required string Unit { get; init; }

    /// <summary>True for magnitudes: the small numbers are the bright ones and stand at the top.</summary>
    public required bool BrightIsSmall { get; init; }

    /// <summary>The period it is folded on; null for a light curve over time.</summary>
    public PlotFold? Fold { get; init; }

    /// <summary>What is not drawn, and why; empty when all is.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <param name="photometry">All measurements of the target.</param>
    /// <param name="view">What is drawn of them, and as what.</param>
    /// <param name="days">Draw only this long before the newest measurement [d]; null for all.</param>
    public static LightCurve Of(IReadOnlyCollection<PhotometryPoint> photometry, PlotView view, double? days = null)
    {
        var inBand = view.Bands.Count == 0 ? photometry : [.. photometry.Where(point => view.Bands.Contains(point.Bandpass, StringComparer.Ordinal))];
        var (shown, unfit) = (new List<PhotometryPoint>(inBand.Count), 0);
        foreach (var point in inBand)
        {
            if (view.Convert(point) is { } converted)
            {
                shown.Add(converted);
            }
            else
            {
                unfit += point.IsRetracted ? 0 : 1;
            }
        }

        var curve = Of(shown, days);
        return curve with
        {
            Fold = view.PeriodDays is { } period && curve.Points.Count > 0 ? new(period, view.EpochMjd ?? curve.Points.Min(point => point.Mjd)) : null,
            Remarks = [.. curve.Remarks, .. (string[])(unfit == 0 ? [] : [$"{unfit} whose {(view.Quantity == PlotQuantity.Flux ? "flux" : "magnitude")} depends on the filter"])],
        };
    }

    /// <param name="photometry">All measurements of the target.</param>
    /// <param name="days">Draw only this long before the newest measurement [d]; null for all.</param>
    public static LightCurve Of(IReadOnlyCollection<PhotometryPoint> photometry, double? days = null)
    {
        var remarks = new List<string>();
        var valid = photometry
            .Where(point => !point.IsRetracted && (point.Brightness ?? point.LimitingBrightness) is { } value && double.IsFinite(value))
            .ToList();
        if (photometry.Count(point => point.IsRetracted) is var retracted and > 0)
        {
            remarks.Add($"{retracted} retracted");
        }

        var scale = PlotScale.Of(valid.Where(point => !point.IsLimit) is var measured && measured.Any() ? measured : valid);
        var shown = valid.Where(scale.Holds).ToList();
        if (valid.Count - shown.Count is var other and > 0)
        {
            remarks.Add($"{other} in other units");
        }

        if (days is { } span && shown.Count > 0)
        {
            var first = shown.Max(point => point.Time.Mjd) - span;
            var all = shown.Count;
            shown.RemoveAll(point => point.Time.Mjd < first);
            if (all - shown.Count is var older and > 0)
            {
                remarks.Add($"{older} older");
            }
        }

        return new()
        {
            Points = [.. shown.Select(scale.Place)],
            Sources = shown,
            Unit = scale.UnitOf(shown),
            BrightIsSmall = scale.IsMagnitude,
            Remarks = remarks,
        };
    }
}
