namespace TomOrleans.HermesRules.Validation;

/// <summary>Short names for the fields that recur in the tables.</summary>
internal static class Fields
{
    public static Field RequiredText(string name, Rule? then = null) => new(name, Rules.Text()) { Required = true, Then = then };

    /// <summary>Null is fine, "" is not.</summary>
    public static Field OptionalText(string name) => new(name, Rules.Text()) { Nullable = true };

    public static Field OptionalNumber(string name, double? min = null, double? max = null) => new(name, Rules.Number(min, max)) { Nullable = true };

    public static Field RequiredNumber(string name, double? min = null, double? max = null) => new(name, Rules.Number(min, max)) { Required = true };

    public static Field Choice(string name, string[] choices, string standard) => new(name, Rules.OneOf(choices)) { Default = standard };
}
