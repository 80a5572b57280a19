using System.Text.Json;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// A row of Hermes' target table, as <c>{"name":"AT2026abc","ra":33.2,"dec":-42.25,"pm_ra":0.0123,"aliases":["ZTF26a"]}</c>, or with <c>orbital_elements</c> for what moves on an orbit. Pure.
/// </summary>
internal static class HermesTarget
{
    /// <summary>What Hermes takes for a date when it is a number: a modified Julian date, bounds excluded, and so it does with epochs.</summary>
    private const double FirstDate = 1_000;
    private const double LastDate = 150_000;

    private const double MilliarcsecondsPerArcsecond = 1000;

    /// <summary>Hermes trims it.</summary>
    public static string Name(Target target) => target.Name.Trim();

    /// <summary>Why Hermes would not take the target; null when it would.</summary>
    public static string? Refuse(Target target) =>
        HermesText.Trimmed(target.Name) is null ? "the target has no name"
        : !HermesText.IsClean(target.Name) || !target.Aliases.All(HermesText.IsClean) ? $"a name of {OneLine.Of(target.Name)} holds NUL or half a surrogate pair, which Hermes refuses"
        : HasPlace(target) ? BadPlace(target)
        : target.Elements is null ? $"{target.Name} has no coordinates, and Hermes takes no target without"
        : MissingElement(target.Elements) is { } missing ? $"{target.Name} has no coordinates, and of its orbit Hermes needs {missing}"
        : null;

    public static void WriteTo(Utf8JsonWriter json, Target target)
    {
        json.WriteStartObject();
        json.WriteString("name", Name(target));
        foreach (var (name, number) in Numbers(target))
        {
            json.WriteNumber(name, number);
        }

        if (Distance(target) is not null)
        {
            json.WriteString("distance_units", "pc");
        }

        var aliases = Aliases(target);
        if (aliases.Length > 0)
        {
            json.WriteStartArray("aliases");
            Array.ForEach(aliases, json.WriteStringValue);
            json.WriteEndArray();
        }

        if (target.Elements is { } elements && MissingElement(elements) is null)
        {
            json.WriteStartObject("orbital_elements");
            foreach (var (name, number) in Elements(elements))
            {
                json.WriteNumber(name, number);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>What the row takes as Hermes publishes it, with the defaults it adds [bytes].</summary>
    public static int PublishedSize(Target target)
    {
        const int structure = 240; // names, coordinates at their longest, error units, epoch, new_discovery
        const int longestNumber = 64; // name and value
        return structure
            + PythonJson.Text(Name(target))
            + Aliases(target).Sum(alias => PythonJson.Text(alias) + PythonJson.Separator)
            + (Numbers(target).Count(number => number.Name is not ("ra" or "dec")) * longestNumber)
            + (target.Elements is { } elements ? 64 + (Elements(elements).Count() * longestNumber) : 0);
    }

    /// <summary>Hermes refuses a whole message for one blank alias.</summary>
    private static string[] Aliases(Target target) => [.. target.Aliases.Select(HermesText.Trimmed).OfType<string>().Distinct()];

    private static bool HasPlace(Target target) => target is { RightAscensionDegrees: not null, DeclinationDegrees: not null };

    private static string? BadPlace(Target target) =>
        double.IsFinite(target.RightAscensionDegrees!.Value) && Math.Abs(target.DeclinationDegrees!.Value) <= 90
            ? null
            : $"{target.Name} has coordinates that are none: {target.RightAscensionDegrees}, {target.DeclinationDegrees} [deg]";

    private static IEnumerable<(string Name, double Number)> Numbers(Target target)
    {
        // Numbers, never sexagesimal text: Hermes reads a declination with colons as hours, "-05:30:00" as -82.5 degrees.
        if (HasPlace(target))
        {
            yield return ("ra", target.RightAscensionDegrees!.Value);
            yield return ("dec", target.DeclinationDegrees!.Value);
        }

        // Ours is [mas/yr], as the TOM Toolkit's, and Hermes' [arcsec/yr]: sent unchanged it would be a thousand times too fast.
        if (Finite(target.Astrometry?.ProperMotionRightAscension) is { } pmRa)
        {
            yield return ("pm_ra", pmRa / MilliarcsecondsPerArcsecond);
        }

        if (Finite(target.Astrometry?.ProperMotionDeclination) is { } pmDec)
        {
            yield return ("pm_dec", pmDec / MilliarcsecondsPerArcsecond);
        }

        if (target.Astrometry?.Epoch is > FirstDate and < LastDate and var epoch)
        {
            yield return ("epoch", epoch);
        }

        if (Distance(target) is { } distance)
        {
            yield return ("distance", distance);
            if (Finite(target.Astrometry?.DistanceError) is { } error)
            {
                yield return ("distance_error", error);
            }
        }
    }

    private static double? Distance(Target target) => Finite(target.Astrometry?.Distance);

    private static double? Finite(double? number) => number is { } value && double.IsFinite(value) ? value : null;

    /// <summary>Five elements always, and one complete pair for size and phase.</summary>
    private static string? MissingElement(OrbitalElements elements) =>
        elements.EpochOfElements is not (> FirstDate and < LastDate) ? "an epoch of elements that is an MJD"
        : elements.Inclination is not (>= 0 and <= 180) ? "an inclination of 0 to 180 degrees"
        : elements.LongitudeOfAscendingNode is not (>= 0 and <= 360) ? "a longitude of the ascending node of 0 to 360 degrees"
        : elements.ArgumentOfPerihelion is not (>= 0 and <= 360) ? "an argument of the perihelion of 0 to 360 degrees"
        : elements.Eccentricity is not >= 0 || !double.IsFinite(elements.Eccentricity.Value) ? "an eccentricity"
        : HasMeanPair(elements) || HasPerihelionPair(elements) ? null
        : "semi-major axis and mean anomaly, or perihelion distance and epoch of perihelion";

    private static bool HasMeanPair(OrbitalElements elements) =>
        Finite(elements.SemimajorAxis) is not (null or 0) && elements.MeanAnomaly is >= 0 and <= 360;

    private static bool HasPerihelionPair(OrbitalElements elements) =>
        Finite(elements.PerihelionDistance) is not (null or 0) && elements.EpochOfPerihelion is > FirstDate and < LastDate;

    private static IEnumerable<(string Name, double Number)> Elements(OrbitalElements elements)
    {
        if (MissingElement(elements) is not null)
        {
            yield break;
        }

        yield return ("epoch_of_elements", elements.EpochOfElements!.Value);
        yield return ("orbital_inclination", elements.Inclination!.Value);
        yield return ("longitude_of_the_ascending_node", elements.LongitudeOfAscendingNode!.Value);
        yield return ("argument_of_the_perihelion", elements.ArgumentOfPerihelion!.Value);
        yield return ("eccentricity", elements.Eccentricity!.Value);
        if (HasMeanPair(elements))
        {
            yield return ("semimajor_axis", elements.SemimajorAxis!.Value);

            // Hermes takes 0 for missing; 360 degrees are the same place.
            yield return ("mean_anomaly", elements.MeanAnomaly is 0 ? 360 : elements.MeanAnomaly!.Value);
        }

        // A key with null, as the TOM Toolkit sends it, makes Hermes fail.
        if (HasPerihelionPair(elements))
        {
            yield return ("perihelion_distance", elements.PerihelionDistance!.Value);
            yield return ("epoch_of_perihelion", elements.EpochOfPerihelion!.Value);
        }
    }
}
