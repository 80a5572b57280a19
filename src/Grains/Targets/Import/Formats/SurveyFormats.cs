using TomOrleans.Grains.Targets.Import.Tables;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Import.Formats;

/// <summary>Forced photometry and light curves as surveys hand them out.</summary>
internal static class SurveyFormats
{
    /// <summary>
    /// <c>###MJD m dm uJy duJy F err chi/N RA Dec x y maj min phi apfit mag5sig Sky Obs</c>. The flux is the measurement (a negative m only says that it was negative), <c>mag5sig</c> the depth of
    /// the exposure, <c>Obs</c> its name.
    /// </summary>
    public static readonly PhotometryFormat Atlas = new(
        "atlas",
        "ATLAS forced photometry",
        text => PhotometryFormats.Columns(text).IsSupersetOf(["mjd", "ujy", "dujy", "mag5sig"]),
        HeadedTable.Read,
        new()
        {
            FluxFirst = true,
            Limits = BrightnessUnit.AbMagnitude,
            LimitSigma = 5,
            Origin = "ATLAS",
            Telescope = "ATLAS",
            Columns = new Dictionary<string, ImportField>
            {
                ["f"] = ImportField.Band,
                ["m"] = ImportField.Ignore,
                ["dm"] = ImportField.Ignore,
                ["obs"] = ImportField.MeasurementId,
                ["err"] = ImportField.Ignore,
            },
        });

    /// <summary>
    /// IPAC's forced photometry on ZTF difference images: <c>#</c> lines, <c>index, field, ..., jd, rfid, forcediffimflux, ...</c>, rows between blanks, <c>null</c> for nothing. Fluxes are in units of
    /// the AB magnitude zpdiff; diffmaglim is the 5-sigma depth.
    /// </summary>
    public static readonly PhotometryFormat Ztf = new(
        "ztf",
        "ZTF forced photometry (IPAC)",
        text => text.Contains("forcediffimflux", StringComparison.OrdinalIgnoreCase),
        ReadZtf,
        new()
        {
            Nothing = ["null", "nan"],
            MayBeEmpty = true,
            FluxFirst = true,
            Limits = BrightnessUnit.AbMagnitude,
            LimitSigma = 5,
            Origin = "ZTF",
            Telescope = "P48",
            Columns = new Dictionary<string, ImportField>
            {
                ["forcediffimflux"] = ImportField.Flux,
                ["forcediffimfluxunc"] = ImportField.FluxError,
                ["zpdiff"] = ImportField.ZeroPoint,
                ["diffmaglim"] = ImportField.Limit,
                ["pid"] = ImportField.MeasurementId,
                ["exptime"] = ImportField.Exposure,
                ["field"] = ImportField.Ignore,
            },
        });

    /// <summary>
    /// Sky Patrol 1 (<c>HJD,UT Date,Camera,FWHM,Limit,mag,mag_err,flux(mJy),flux_err,Filter</c>, a magnitude of 99.990 for a non-detection) and 2 (<c>asas_sn_id,jd,flux,flux_err,mag,mag_err,limit,...</c>).
    /// V magnitudes are Vega's, g ones AB (Kochanek and others 2017, PASP 129, 104502; Hart and others 2023, arXiv:2304.03791). Times are those of Earth: of the two of version 1, UT Date.
    /// </summary>
    public static readonly PhotometryFormat AsasSn = new(
        "asassn",
        "ASAS-SN Sky Patrol",
        text => PhotometryFormats.Columns(text) is var columns && (columns.IsSupersetOf(["asassnid", "jd", "mag"]) || columns.IsSupersetOf(["hjd", "camera", "mag"])),
        HeadedTable.Read,
        new()
        {
            NoMagnitudeFrom = 90,
            LimitSigma = 5,
            Origin = "ASAS-SN",
            Telescope = "ASAS-SN",
            MagnitudesByBand = new Dictionary<string, BrightnessUnit> { ["V"] = BrightnessUnit.VegaMagnitude, ["g"] = BrightnessUnit.AbMagnitude },
            Fluxes = BrightnessUnit.Millijansky,
            Columns = new Dictionary<string, ImportField> { ["utdate"] = ImportField.FractionalDate, ["imageid"] = ImportField.MeasurementId },
        });

    /// <summary>Gaia Science Alerts: the name, <c>#Date,JD(TCB),averagemag</c>, rows with a magnitude, <c>untrusted</c> or <c>null</c>.</summary>
    public static readonly PhotometryFormat Gaia = new(
        "gaia",
        "Gaia Science Alerts",
        text => PhotometryFormats.Columns(AfterName(text)).IsSupersetOf(["jdtcb", "averagemag"]),
        text => HeadedTable.Read(AfterName(text)),
        new()
        {
            NotMeasured = ["untrusted", "null"],
            Origin = "Gaia",
            Telescope = "Gaia",
            Band = "G",
            Columns = new Dictionary<string, ImportField> { ["date"] = ImportField.Ignore },
        });

    /// <summary>The first line is the alert's name: it becomes a comment, so that lines keep their numbers.</summary>
    private static string AfterName(string text) => text.Length > 0 && char.IsLetter(text[0]) && text.Contains("#Date", StringComparison.Ordinal) ? $"#{text}" : text;

    private static FileTable ReadZtf(string text)
    {
        if (IpacTable.Recognises(text))
        {
            return IpacTable.Read(text);
        }

        var names = TextLines.Of(text).First(line => line.Text.Contains("forcediffimflux", StringComparison.OrdinalIgnoreCase));
        string[] columns = [.. names.Text.TrimStart('#', ' ').Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries)];
        var rest = text[names.Next..];
        return new()
        {
            Columns = columns,
            Rows = DelimitedTable.DelimiterOf(TextLines.Of(rest).Select(line => line.Text).FirstOrDefault(line => !string.IsNullOrWhiteSpace(line)) ?? "") is { } delimiter
                ? DelimitedTable.Rows(rest, names.Number + 1, delimiter, columns.Length)
                : HeadedTable.Words(rest, names.Number + 1, columns.Length),
        };
    }
}
