using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.HermesRules.Validation;

/// <summary>A row of <c>data.photometry</c>: a measurement, a limit, or a measurement with its depth. Each of the two has a unit of its own.</summary>
internal static class PhotometryTable
{
    private const string OneNeeded = "brightness or limiting_brightness are required";

    public static readonly Table Rows = new(
    [
        .. ObservationFields.All,
        Fields.RequiredText("bandpass"),
        Fields.OptionalNumber("brightness"),
        Fields.OptionalNumber("brightness_error"),
        Fields.Choice("brightness_unit", Units.Brightness, "AB mag"),
        Fields.OptionalNumber("exposure_time"),
        Fields.OptionalText("observer"),
        Fields.OptionalText("comments"),
        Fields.OptionalNumber("limiting_brightness"),
        Fields.OptionalNumber("limiting_brightness_error"),
        Fields.Choice("limiting_brightness_unit", Units.Brightness, "AB mag"),
        Fields.OptionalText("catalog"),
    ])
    {
        Whole = row => ObservationFields.Check(row) ?? Brightness(row),
    };

    // Exactly 0 counts as missing: a star of magnitude 0.0 needs a limit beside it.
    private static WireObject? Brightness(WireObject row) =>
        PythonText.IsTruthy(row.Get("brightness")) || PythonText.IsTruthy(row.Get("limiting_brightness"))
            ? null
            : new WireObject { ["brightness"] = WireList.Of(OneNeeded), ["limiting_brightness"] = WireList.Of(OneNeeded) };
}
