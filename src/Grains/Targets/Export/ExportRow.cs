using System.Globalization;
using TomOrleans.Grains.Targets.Files;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Export;

/// <summary>A column of the tables this TOM writes.</summary>
/// <param name="Name">Its name: the TOM Toolkit's where it has one.</param>
/// <param name="IsNumber">A double; else a text.</param>
/// <param name="Unit">Of all its numbers; null where a column of its own tells it, or it has none.</param>
/// <param name="About">What it holds.</param>
/// <param name="Text">Its text for a point; empty for nothing.</param>
internal sealed record ExportColumn(string Name, bool IsNumber, string? Unit, string About, Func<PhotometryPoint, string> Text);

/// <summary>
/// The columns of CSV, ECSV and VOTable. Magnitudes and fluxes have columns of their own, so that no reader takes one for the other; numbers come back exactly.
/// </summary>
internal static class ExportRow
{
    public static readonly IReadOnlyList<ExportColumn> Columns =
    [
        new("time", false, null, "UTC, ISO 8601", point => CanonicalTime.Format(point.Time.UtcMicroseconds)),
        new("mjd", true, "d", "the same as modified Julian date, UTC", point => TimeTexts.Mjd(point.Time.UtcMicroseconds)),
        new("filter", false, null, "bandpass as stated", point => point.Bandpass),
        new("magnitude", true, null, "in unit", point => Number(point.Brightness, IsMagnitude(point))),
        new("error", true, null, "one standard deviation of the magnitude", point => Number(point.BrightnessError, IsMagnitude(point))),
        new("flux", true, null, "in unit", point => Number(point.Brightness, !IsMagnitude(point))),
        new("flux_error", true, null, "one standard deviation of the flux", point => Number(point.BrightnessError, !IsMagnitude(point))),
        new("unit", false, null, "of magnitude or flux", point => point.IsLimit && point.BrightnessError is null ? "" : UnitNames.Of(point.BrightnessUnit)),
        new("limit", true, null, "limiting magnitude, in limit_unit", point => Number(point.LimitingBrightness, IsMagnitudeLimit(point))),
        new("limit_error", true, null, "of the limiting magnitude", point => Number(point.LimitingBrightnessError, IsMagnitudeLimit(point))),
        new("flux_limit", true, null, "limiting flux, in limit_unit", point => Number(point.LimitingBrightness, !IsMagnitudeLimit(point))),
        new("flux_limit_error", true, null, "of the limiting flux", point => Number(point.LimitingBrightnessError, !IsMagnitudeLimit(point))),
        new("limit_unit", false, null, "of the limit", point => point.LimitingBrightness is null ? "" : UnitNames.Of(point.LimitingBrightnessUnit)),
        new("limit_sigma", true, null, "standard deviations the limit stands for", point => Number(point.LimitSigma)),
        new("telescope", false, null, "as stated", point => point.Telescope ?? ""),
        new("instrument", false, null, "as stated", point => point.Instrument ?? ""),
        new("exposure_time", true, "s", "", point => Number(point.ExposureSeconds)),
        new("source", false, null, "who measured", point => point.Origin),
        new("measurement_id", false, null, "the source's own", point => point.MeasurementId ?? ""),
        new("observer", false, null, "as stated", point => point.Observer ?? ""),
        new("comments", false, null, "as stated", point => point.Comments ?? ""),
    ];

    public static string Number(double? number, bool isThis = true) => isThis ? number?.ToString("R", CultureInfo.InvariantCulture) ?? "" : "";

    private static bool IsMagnitude(PhotometryPoint point) => PhotometryIdentity.IsMagnitude(point.BrightnessUnit);

    private static bool IsMagnitudeLimit(PhotometryPoint point) => PhotometryIdentity.IsMagnitude(point.LimitingBrightnessUnit);
}
