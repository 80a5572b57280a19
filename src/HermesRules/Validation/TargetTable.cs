using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.HermesRules.Validation;

/// <summary>A row of <c>data.targets</c>: a name and a position, sidereal or by orbit.</summary>
internal static class TargetTable
{
    private const string PositionNeeded = "ra/dec or orbital elements are required";

    public static readonly Table Rows = new(
        Fields.RequiredText("name"),
        new Field("ra", Rules.Text()) { Nullable = true, Then = Coordinate.RightAscension },
        new Field("dec", Rules.Text()) { Nullable = true, Then = Coordinate.Declination },
        Fields.OptionalNumber("ra_error"),
        Fields.OptionalNumber("dec_error"),
        Fields.Choice("ra_error_units", Units.Angle, "degrees"),
        Fields.Choice("dec_error_units", Units.Angle, "degrees"),
        Fields.OptionalNumber("pm_ra"),
        Fields.OptionalNumber("pm_dec"),
        new Field("epoch", Rules.Text()) { Default = "2000.0", Then = DateRule.Check },
        new Field("new_discovery", Rules.Truth) { Default = false },
        new Field("orbital_elements", OrbitTable.Object.Check),
        new Field("discovery_info", DiscoveryTable.Object.Check),
        Fields.OptionalNumber("distance"),
        Fields.OptionalNumber("distance_error"),
        new Field("distance_units", Rules.OneOf(Units.Distance)) { Nullable = true },
        Fields.OptionalNumber("redshift"),
        Fields.OptionalText("host_name"),
        Fields.OptionalNumber("host_redshift"),
        new Field("aliases", Rules.ListOf(Rules.Text())),
        new Field("group_associations", Rules.ListOf(Rules.Text())) { Nullable = true },
        new Field("file_info", Rules.RowsOf(FileTable.Rows)),
        Fields.OptionalText("comments"))
    {
        Whole = Position,
    };

    private static WireObject? Position(WireObject target)
    {
        var (ra, dec) = (target.ContainsKey("ra"), target.ContainsKey("dec"));
        return ra && dec ? null
            : ra ? new WireObject { ["dec"] = WireList.Of("Must set dec if ra is set") }
            : dec ? new WireObject { ["ra"] = WireList.Of("Must set ra if dec is set") }
            : target.ContainsKey("orbital_elements") ? null
            : new WireObject
            {
                ["ra"] = WireList.Of(PositionNeeded),
                ["dec"] = WireList.Of(PositionNeeded),
                ["orbital_elements"] = new WireObject { ["non_field_errors"] = WireList.Of(PositionNeeded) },
            };
    }
}
