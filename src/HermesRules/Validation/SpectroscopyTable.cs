using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.HermesRules.Validation;

/// <summary>A row of <c>data.spectroscopy</c>: flux over wavelength, or a file that holds them.</summary>
internal static class SpectroscopyTable
{
    private const string OneNeeded = "Must specify a spectroscopy file to upload or specify one or more flux values";

    private static readonly string[] SpectrumTypes = ["Object", "Other", "Host", "Synthetic", "Sky", "Arcs"];

    public static readonly Table Rows = new(
    [
        .. ObservationFields.All,
        Fields.OptionalText("setup"),
        Fields.OptionalNumber("exposure_time"),
        new Field("flux", Rules.ListOf(Rules.Number())),
        new Field("flux_error", Rules.ListOf(Rules.Number())),
        Fields.Choice("flux_units", Units.Flux, "mJy"),
        new Field("wavelength", Rules.ListOf(Rules.Number())),
        Fields.Choice("wavelength_units", Units.Wavelength, "nm"),
        Fields.Choice("flux_type", Units.FluxType, Units.FluxType[0]),
        Fields.OptionalText("classification"),
        Fields.OptionalNumber("proprietary_period"),
        Fields.Choice("proprietary_period_units", Units.Period, "Days"),
        Fields.OptionalText("comments"),
        Fields.OptionalText("observer"),
        Fields.OptionalText("reducer"),
        new Field("spec_type", Rules.OneOf(SpectrumTypes)),
        new Field("file_info", Rules.RowsOf(FileTable.Rows)),
    ])
    {
        Whole = row => ObservationFields.Check(row) ?? Samples(row),
    };

    private static object? Samples(WireObject row)
    {
        if (!row.ContainsKey("flux") && !row.ContainsKey("file_info"))
        {
            return new WireObject { ["file_info"] = WireList.Of(OneNeeded), ["flux"] = WireList.Of(OneNeeded) };
        }

        var samples = Length(row, "flux");
        return row.ContainsKey("flux_error") && Length(row, "flux_error") != samples ? Unequal("flux_error")
            : Length(row, "wavelength") != samples ? Unequal("wavelength")
            : null;
    }

    private static WireList Unequal(string other) => WireList.Of($"Must have same number of datapoints for flux and {other}");

    private static int Length(WireObject row, string name) => row.Get(name) is WireList list ? list.Count : 0;
}
