using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.HermesRules.Validation;

/// <summary>What photometry, spectroscopy and astrometry rows have in common: of which target, when, and by what.</summary>
internal static class ObservationFields
{
    private const string OneNeeded = "Must have at least one of telescope or instrument set";

    public static readonly Field[] All =
    [
        Fields.RequiredText("target_name"),
        Fields.RequiredText("date_obs", DateRule.Check),
        new Field("telescope", Rules.Text(blank: true)) { Nullable = true, Default = "" },
        new Field("instrument", Rules.Text(blank: true)) { Nullable = true, Default = "" },
    ];

    public static WireObject? Check(WireObject row) =>
        row.ContainsKey("telescope") || row.ContainsKey("instrument")
            ? null
            : new WireObject { ["telescope"] = WireList.Of(OneNeeded), ["instrument"] = WireList.Of(OneNeeded) };
}
