using TomOrleans.Grains.Targets.Import.Tables;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Import.Formats;

/// <summary>Files of other TOMs, of light-curve tools, and tables whose columns tell what they are.</summary>
internal static class ToolFormats
{
    /// <summary>
    /// <c>time,filter,magnitude,error,limit,source</c> (uploads), or the columns of its downloads: with <c>timestamp</c> and <c>data_type</c> those of 2.x,
    /// <c>timestamp,telescope,instrument,bandpass,brightness,brightness_error,limit,unit,source_name</c> those of 3.x.
    /// </summary>
    public static readonly PhotometryFormat Toolkit = new(
        "toolkit",
        "the TOM Toolkit's uploads and downloads",
        text => PhotometryFormats.Columns(text) is var columns
            && ((columns.Contains("time") && columns.Contains("filter") && columns.Contains("magnitude")) || columns.IsSupersetOf(["timestamp", "datatype", "sourcename"])
                || columns.IsSupersetOf(["timestamp", "bandpass", "brightness", "sourcename"])),
        HeadedTable.Read,
        new()
        {
            Magnitudes = BrightnessUnit.Magnitude,
            Columns = new Dictionary<string, ImportField> { ["sourcename"] = ImportField.Origin, ["target"] = ImportField.Ignore },
        });

    /// <summary>
    /// <c>mjd,filter,mag,magerr,limiting_mag,magsys</c> or <c>mjd,filter,flux,fluxerr,zp,magsys</c>; a flux with a zero point is a flux in units of the AB magnitude zp, an error alone a non-detection.
    /// A limit of 99 stands for none.
    /// </summary>
    public static readonly PhotometryFormat SkyPortal = new(
        "skyportal",
        "SkyPortal's, in magnitudes or in fluxes",
        text => PhotometryFormats.Columns(text).IsSupersetOf(["mjd", "filter", "magsys"]),
        HeadedTable.Read,
        new() { NoMagnitudeFrom = 90, ErrorAloneIsLimit = true, Nothing = ["None", "null"] });

    /// <summary><c>@key value</c>, then <c>time band flux fluxerr zp zpsys</c>.</summary>
    public static readonly PhotometryFormat Sncosmo = new(
        "sncosmo",
        "sncosmo's",
        text => PhotometryFormats.Columns(text).IsSupersetOf(["time", "flux", "zpsys"]),
        HeadedTable.Read,
        RowRules.Plain);

    /// <summary><c>2020-09-01T07:40:03.003 ztfi 20.193 inf</c>: AB magnitudes without a head; an error <c>inf</c> marks a limit.</summary>
    public static readonly PhotometryFormat Nmma = new(
        "nmma",
        "NMMA's: time, filter, magnitude, error, without a head",
        IsNmma,
        text => new() { Columns = ["time", "filter", "mag", "magerr"], Rows = HeadedTable.Words(text, 1, 4) },
        new() { InfiniteErrorIsLimit = true, Magnitudes = BrightnessUnit.AbMagnitude, Limits = BrightnessUnit.AbMagnitude });

    public static readonly PhotometryFormat Table = new(
        "table",
        "any table with a line of names, or named by --map",
        text => PhotometryFormats.Columns(text).Count > 0 && HeadedTable.IsNames(HeadedTable.FindNames(text).Names),
        HeadedTable.Read,
        RowRules.Plain);

    private static bool IsNmma(string text)
    {
        var first = TextLines.Of(text).Select(line => line.Text).FirstOrDefault(line => !string.IsNullOrWhiteSpace(line));
        return first?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var time, _, var magnitude, _]
            && time.Contains('T', StringComparison.Ordinal) && TimeReader.TryRead(time, out _, out _) && JulianTime.IsNumber(magnitude);
    }
}
