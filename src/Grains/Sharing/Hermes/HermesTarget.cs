using System.Text.Json;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>A row of Hermes' target table, as <c>{"name":"AT2026abc","ra":33.2,"dec":-42.25,"aliases":["ZTF26a"]}</c>. Pure.</summary>
internal static class HermesTarget
{
    /// <summary>Hermes trims it.</summary>
    public static string Name(Target target) => target.Name.Trim();

    /// <summary>Why Hermes would not take the target; null when it would.</summary>
    public static string? Refuse(Target target) =>
        HermesText.Trimmed(target.Name) is null ? "the target has no name"
        : !HermesText.IsClean(target.Name) || !target.Aliases.All(HermesText.IsClean) ? $"a name of {OneLine.Of(target.Name)} holds NUL or half a surrogate pair, which Hermes refuses"
        : target.RightAscensionDegrees is not { } ra || target.DeclinationDegrees is not { } dec ? $"{target.Name} has no coordinates, and Hermes takes no target without"
        : !double.IsFinite(ra) || Math.Abs(dec) is not <= 90 ? $"{target.Name} has coordinates that are none: {ra}, {dec} [deg]"
        : null;

    public static void WriteTo(Utf8JsonWriter json, Target target)
    {
        json.WriteStartObject();
        json.WriteString("name", Name(target));

        // Numbers, never sexagesimal text: Hermes reads a declination with colons as hours, "-05:30:00" as -82.5 degrees.
        json.WriteNumber("ra", target.RightAscensionDegrees!.Value);
        json.WriteNumber("dec", target.DeclinationDegrees!.Value);
        var aliases = Aliases(target);
        if (aliases.Length > 0)
        {
            json.WriteStartArray("aliases");
            Array.ForEach(aliases, json.WriteStringValue);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>What the row takes as Hermes publishes it, with the defaults it adds [bytes].</summary>
    public static int PublishedSize(Target target)
    {
        const int structure = 240; // names, coordinates at their longest, error units, epoch, new_discovery
        return structure + PythonJson.Text(Name(target)) + Aliases(target).Sum(alias => PythonJson.Text(alias) + PythonJson.Separator);
    }

    /// <summary>Hermes refuses a whole message for one blank alias.</summary>
    private static string[] Aliases(Target target) => [.. target.Aliases.Select(HermesText.Trimmed).OfType<string>().Distinct()];
}
