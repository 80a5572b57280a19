using System.Collections.Immutable;
using System.Globalization;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>What makes a target a target: the TOM Toolkit's rules, but that zero is a value, and that numbers are ones that can be. Pure.</summary>
internal static class TargetRules
{
    private const int LongestName = 400;
    private const int LongestKey = 200;
    private const int LongestValue = 100_000;

    /// <summary>All faults of a draft; empty when it is sound.</summary>
    public static IReadOnlyList<string> Faults(TargetDraft draft)
    {
        var faults = new List<string>();
        CheckName(faults, "name", draft.Name);
        foreach (var alias in OrEmpty(draft.Aliases))
        {
            CheckName(faults, "alias", alias);
        }

        foreach (var list in OrEmpty(draft.Lists))
        {
            CheckListName(faults, list);
        }

        CheckFacts(faults, draft.Type, draft.RightAscensionDegrees, draft.DeclinationDegrees, draft.Astrometry, draft.Elements, OrEmpty(draft.Extras), hadPlace: true);
        return faults;
    }

    /// <summary>All faults of an edit. A target that messages made may have no coordinates, and need not get them.</summary>
    public static IReadOnlyList<string> Faults(TargetEdit edit, Target before)
    {
        var faults = new List<string>();
        CheckName(faults, "name", edit.Name);
        CheckFacts(
            faults, edit.Type, edit.RightAscensionDegrees, edit.DeclinationDegrees, edit.Astrometry, edit.Elements, OrEmpty(edit.Extras),
            hadPlace: before.Type != TargetType.Sidereal || before.RightAscensionDegrees is not null);
        return faults;
    }

    /// <summary>All faults of an amendment.</summary>
    public static IReadOnlyList<string> Faults(TargetAmendment amendment, Target before)
    {
        var faults = new List<string>(amendment.Edit is { } edit ? Faults(edit, before) : []);
        foreach (var alias in OrEmpty(amendment.RenamedAliases).Select(alias => alias.After).Concat(OrEmpty(amendment.AddedAliases)))
        {
            CheckName(faults, "alias", alias);
        }

        foreach (var list in OrEmpty(amendment.Lists))
        {
            CheckListName(faults, list);
        }

        return faults;
    }

    public static void CheckName(List<string> faults, string what, string name)
    {
        if (!TargetNames.IsName(name ?? ""))
        {
            faults.Add($"{what}: {QuotedText.Of(name ?? "")} is no name of a target");
        }
        else if (name!.Length > LongestName)
        {
            faults.Add($"{what}: {name.Length} characters; at most {LongestName}");
        }
        else if (name.Any(char.IsControl))
        {
            faults.Add($"{what}: {QuotedText.Of(name)} has control characters");
        }
    }

    public static void CheckListName(List<string> faults, string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestKey || name.Any(char.IsControl))
        {
            faults.Add($"list: {QuotedText.Of(name ?? "")} is no name of a list (1 to {LongestKey} characters, no control characters)");
        }
    }

    public static ImmutableArray<T> OrEmpty<T>(ImmutableArray<T> values) => values.IsDefault ? [] : values;

    private static void CheckFacts(
        List<string> faults,
        TargetType type,
        double? rightAscension,
        double? declination,
        Astrometry? astrometry,
        OrbitalElements? elements,
        ImmutableArray<TargetExtra> extras,
        bool hadPlace)
    {
        if (!Enum.IsDefined(type))
        {
            faults.Add($"type: {(int)type} is neither sidereal nor non-sidereal");
        }

        Range(faults, "ra", rightAscension, 0, 360, "deg");
        Range(faults, "dec", declination, -90, 90, "deg");
        if (type == TargetType.Sidereal && (hadPlace ? rightAscension is null || declination is null : rightAscension is null != declination is null))
        {
            faults.Add("a sidereal target needs ra and dec");
        }

        if (type == TargetType.NonSidereal)
        {
            CheckNeeded(faults, elements ?? new());
        }

        CheckAstrometry(faults, astrometry ?? new());
        CheckElements(faults, elements ?? new());
        CheckExtras(faults, extras);
    }

    /// <summary>The Toolkit's required sets.</summary>
    private static void CheckNeeded(List<string> faults, OrbitalElements elements)
    {
        (string Name, double? Value)[] needed =
        [
            ("epoch_of_elements", elements.EpochOfElements),
            ("inclination", elements.Inclination),
            ("lng_asc_node", elements.LongitudeOfAscendingNode),
            ("arg_of_perihelion", elements.ArgumentOfPerihelion),
            ("eccentricity", elements.Eccentricity),
            .. elements.Scheme switch
            {
                OrbitalScheme.MpcComet => [("perihdist", elements.PerihelionDistance), ("epoch_of_perihelion", elements.EpochOfPerihelion)],
                OrbitalScheme.MpcMinorPlanet => [("mean_anomaly", elements.MeanAnomaly), ("semimajor_axis", elements.SemimajorAxis)],
                OrbitalScheme.JplMajorPlanet =>
                [
                    ("mean_daily_motion", elements.MeanDailyMotion), ("mean_anomaly", elements.MeanAnomaly), ("semimajor_axis", elements.SemimajorAxis),
                ],
                _ => Array.Empty<(string, double?)>(),
            },
        ];
        var missing = needed.Where(element => element.Value is null).Select(element => element.Name).ToArray();
        if (missing.Length > 0)
        {
            faults.Add($"a non-sidereal target{(elements.Scheme is { } scheme ? $" with the scheme {NameOf(scheme)}" : "")} needs {string.Join(", ", missing)}");
        }
    }

    private static void CheckAstrometry(List<string> faults, Astrometry astrometry)
    {
        Range(faults, "epoch", astrometry.Epoch, 1000, 3000, "Julian year, such as 2000");
        Range(faults, "pm_ra", astrometry.ProperMotionRightAscension, -100_000, 100_000, "mas/yr");
        Range(faults, "pm_dec", astrometry.ProperMotionDeclination, -100_000, 100_000, "mas/yr");
        Range(faults, "parallax", astrometry.Parallax, -10_000, 10_000, "mas");
        Range(faults, "distance", astrometry.Distance, 0, 1e11, "pc");
        Range(faults, "distance_err", astrometry.DistanceError, 0, 1e11, "pc");
    }

    private static void CheckElements(List<string> faults, OrbitalElements elements)
    {
        if (elements.Scheme is { } scheme && !Enum.IsDefined(scheme))
        {
            faults.Add($"scheme: {(int)scheme} is none of {string.Join(", ", Enum.GetValues<OrbitalScheme>().Select(NameOf))}");
        }

        // A Julian date where the modified one is meant is beyond all of these.
        const double FarMjd = 1_000_000;
        const string Mjd = "d, MJD: the Julian date less 2400000.5";
        Range(faults, "epoch_of_elements", elements.EpochOfElements, -FarMjd, FarMjd, Mjd);
        Range(faults, "epoch_of_perihelion", elements.EpochOfPerihelion, -FarMjd, FarMjd, Mjd);
        Range(faults, "ephemeris_epoch", elements.EphemerisEpoch, -FarMjd, FarMjd, Mjd);
        Range(faults, "ephemeris_epoch_err", elements.EphemerisEpochError, 0, FarMjd, "d");
        Range(faults, "ephemeris_period", elements.EphemerisPeriod, 0, 1e9, "d");
        Range(faults, "ephemeris_period_err", elements.EphemerisPeriodError, 0, 1e9, "d");
        Range(faults, "mean_anomaly", elements.MeanAnomaly, -360, 360, "deg");
        Range(faults, "arg_of_perihelion", elements.ArgumentOfPerihelion, -360, 360, "deg");
        Range(faults, "lng_asc_node", elements.LongitudeOfAscendingNode, -360, 360, "deg");
        Range(faults, "inclination", elements.Inclination, 0, 180, "deg");
        Range(faults, "eccentricity", elements.Eccentricity, 0, 1000, null);
        Range(faults, "mean_daily_motion", elements.MeanDailyMotion, 0, 100_000, "deg/d");
        Range(faults, "semimajor_axis", elements.SemimajorAxis, -1e7, 1e7, "au");
        Range(faults, "perihdist", elements.PerihelionDistance, 0, 1e7, "au");
        Range(faults, "abs_mag", elements.AbsoluteMagnitude, -100, 100, "mag");
        Range(faults, "slope", elements.Slope, -100, 100, null);
    }

    private static void CheckExtras(List<string> faults, ImmutableArray<TargetExtra> extras)
    {
        foreach (var extra in extras)
        {
            if (string.IsNullOrWhiteSpace(extra.Key) || extra.Key.Length > LongestKey || extra.Key.Any(char.IsControl))
            {
                faults.Add($"extra field: {QuotedText.Of(extra.Key ?? "")} is no key (1 to {LongestKey} characters, no control characters)");
            }
            else if (extra.Value is null || extra.Value.Length > LongestValue)
            {
                faults.Add($"extra field {QuotedText.Of(extra.Key)}: {(extra.Value is null ? "has no value" : $"its value has {extra.Value.Length} characters; at most {LongestValue}")}");
            }
        }

        foreach (var twice in extras.GroupBy(extra => extra.Key, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            faults.Add($"extra field {QuotedText.Of(twice.Key ?? "")} is given {twice.Count()} times");
        }
    }

    private static void Range(List<string> faults, string what, double? value, double smallest, double largest, string? unit)
    {
        // A number that is none fits no comparison.
        if (value is { } number && !(number >= smallest && number <= largest))
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {number} is not from {smallest} to {largest}{(unit is null ? "" : $" [{unit}]")}"));
        }
    }

    private static string NameOf(OrbitalScheme scheme) => scheme switch
    {
        OrbitalScheme.MpcMinorPlanet => "MPC_MINOR_PLANET",
        OrbitalScheme.MpcComet => "MPC_COMET",
        _ => "JPL_MAJOR_PLANET",
    };
}
