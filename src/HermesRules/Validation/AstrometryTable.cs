namespace TomOrleans.HermesRules.Validation;

/// <summary>A row of <c>data.astrometry</c>: a measured position.</summary>
internal static class AstrometryTable
{
    public static readonly Table Rows = new(
    [
        .. ObservationFields.All,
        Fields.RequiredText("ra", Coordinate.RightAscension),
        Fields.RequiredText("dec", Coordinate.Declination),
        Fields.OptionalNumber("ra_error"),
        Fields.OptionalNumber("dec_error"),
        Fields.Choice("ra_error_units", Units.Angle, "degrees"),
        Fields.Choice("dec_error_units", Units.Angle, "degrees"),
        Fields.OptionalText("mpc_sitecode"),
        Fields.OptionalText("catalog"),
        Fields.OptionalText("comments"),
    ])
    {
        Whole = ObservationFields.Check,
    };
}
