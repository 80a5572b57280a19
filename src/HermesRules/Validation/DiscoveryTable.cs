namespace TomOrleans.HermesRules.Validation;

/// <summary>How a target was discovered, in the words of the Transient Name Server.</summary>
internal static class DiscoveryTable
{
    private static readonly string[] TransientTypes =
    [
        "PSN - Possible SN", "NUC - Possibly nuclear", "PNV - Possible Nova", "AGN - Known AGN", "FRB - Fast Radio Burst event", "Other - Undefined",
    ];

    public static readonly Table Object = new(
        new Field("date", Rules.Text()) { Nullable = true, Then = DateRule.Check },
        Fields.OptionalText("reporting_group"),
        Fields.OptionalText("discovery_source"),
        new Field("transient_type", Rules.OneOf(TransientTypes)) { Nullable = true },
        Fields.OptionalNumber("proprietary_period"),
        Fields.Choice("proprietary_period_units", Units.Period, "Days"),
        Fields.OptionalText("nondetection_source"),
        Fields.OptionalText("nondetection_comments"));
}
