using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Toolkit;

/// <summary>
/// What a body of <c>POST api/targets/</c>, <c>PUT</c> or <c>PATCH api/targets/ID/</c> says. Ids of the sender's aliases and extra fields mean nothing in a new target and are not looked at;
/// <c>groups</c> restrict nothing here, keys that the Toolkit does not know are passed over, as it does. Pure.
/// </summary>
public static class ToolkitTargetBody
{
    /// <summary>A new target; null where <paramref name="faults"/> says why not.</summary>
    public static TargetDraft? ReadNew(JsonObject body, ToolkitFaults faults)
    {
        var aliases = Names(body, "aliases", faults);
        var edit = Read(body, new TargetEdit { Name = "" }, isNew: true, faults);
        if (edit.Name.Length == 0 && body["name"] is not JsonValue)
        {
            faults.Add("name", ToolkitFaults.Required);
        }

        if (body["type"] is null)
        {
            faults.Add("type", ToolkitFaults.Required);
        }

        foreach (var own in aliases.Where(alias => TargetNames.Normalise(alias) == TargetNames.Normalise(edit.Name)))
        {
            faults.Add(ToolkitFaults.NoField, $"Alias '{OneLine.Of(own)}' conflicts with Target name '{OneLine.Of(edit.Name)}'.");
        }

        CheckNeeded(edit, faults);
        return faults.Any ? null : new()
        {
            Name = edit.Name,
            Aliases = aliases,
            Type = edit.Type,
            RightAscensionDegrees = edit.RightAscensionDegrees,
            DeclinationDegrees = edit.DeclinationDegrees,
            Astrometry = edit.Astrometry,
            Elements = edit.Elements,
            Extras = edit.Extras,
            Lists = Names(body, "target_lists", faults),
        };
    }

    /// <summary>The target as the body wants it; fields that the body does not have stay. Aliases and lists have verbs of their own.</summary>
    public static TargetEdit ReadChange(JsonObject body, Target before, ToolkitFaults faults)
    {
        var edit = Read(body, TargetEdit.Of(before), isNew: false, faults, before);
        CheckNeeded(edit, faults, before);
        return edit;
    }

    /// <summary>The names of a list of <c>{"name": ...}</c>; other keys are not looked at.</summary>
    public static ImmutableArray<string> Names(JsonObject body, string key, ToolkitFaults faults) =>
        [.. ToolkitValues.Objects(body, key, faults)
            .Select(item => ToolkitValues.Text(item, "name", faults))
            .Where(name => !string.IsNullOrEmpty(name))
            .Select(name => name!)
            .Distinct(StringComparer.Ordinal)];

    private static TargetEdit Read(JsonObject body, TargetEdit before, bool isNew, ToolkitFaults faults, Target? target = null)
    {
        double? Number(string key, double? known) => body.ContainsKey(key) ? ToolkitValues.Number(body, key, faults) : known;
        var name = body.ContainsKey("name") ? ToolkitValues.Text(body, "name", faults) ?? "" : before.Name;
        if (body.ContainsKey("name") && name.Length == 0)
        {
            faults.Add("name", "This field may not be blank.");
        }

        var known = before.Astrometry ?? new();
        var astrometry = new Astrometry
        {
            Epoch = Number("epoch", known.Epoch),
            ProperMotionRightAscension = Number("pm_ra", known.ProperMotionRightAscension),
            ProperMotionDeclination = Number("pm_dec", known.ProperMotionDeclination),
            Parallax = Number("parallax", known.Parallax),
            Distance = Number("distance", known.Distance),
            DistanceError = Number("distance_err", known.DistanceError),
        };
        var elements = Elements(body, before.Elements ?? new(), Number, faults);
        return before with
        {
            Name = name,
            Type = Type(body, before.Type, faults),
            RightAscensionDegrees = RightAscension(Number("ra", before.RightAscensionDegrees)),
            DeclinationDegrees = Number("dec", before.DeclinationDegrees),
            Astrometry = astrometry == new Astrometry() ? null : astrometry,
            Elements = elements == new OrbitalElements() ? null : elements,
            Extras = Extras(body, before.Extras, isNew ? null : target, faults),
        };
    }

    /// <summary>A full turn is no turn; the Toolkit takes -180 to 360.</summary>
    private static double? RightAscension(double? given) => given is >= -180 and < 0 ? given + 360 : given == 360 ? 0 : given;

    private static TargetType Type(JsonObject body, TargetType before, ToolkitFaults faults)
    {
        switch (body["type"]?.ToString())
        {
            case null:
                return before;
            case ToolkitTarget.Sidereal:
                return TargetType.Sidereal;
            case ToolkitTarget.NonSidereal:
                return TargetType.NonSidereal;
            case var other:
                faults.Add("type", $"\"{OneLine.Of(other)}\" is not a valid choice.");
                return before;
        }
    }

    private static OrbitalElements Elements(JsonObject body, OrbitalElements known, Func<string, double?, double?> number, ToolkitFaults faults)
    {
        var scheme = known.Scheme;
        if (body.ContainsKey("scheme"))
        {
            var given = ToolkitValues.Text(body, "scheme", faults);
            scheme = null;
            if (!string.IsNullOrEmpty(given))
            {
                if (ToolkitTarget.Schemes.TryGetValue(given, out var word))
                {
                    scheme = word;
                }
                else
                {
                    faults.Add("scheme", $"\"{OneLine.Of(given)}\" is not a valid choice.");
                }
            }
        }

        return new()
        {
            Scheme = scheme,
            EpochOfElements = number("epoch_of_elements", known.EpochOfElements),
            MeanAnomaly = number("mean_anomaly", known.MeanAnomaly),
            ArgumentOfPerihelion = number("arg_of_perihelion", known.ArgumentOfPerihelion),
            Eccentricity = number("eccentricity", known.Eccentricity),
            LongitudeOfAscendingNode = number("lng_asc_node", known.LongitudeOfAscendingNode),
            Inclination = number("inclination", known.Inclination),
            MeanDailyMotion = number("mean_daily_motion", known.MeanDailyMotion),
            SemimajorAxis = number("semimajor_axis", known.SemimajorAxis),
            EpochOfPerihelion = number("epoch_of_perihelion", known.EpochOfPerihelion),
            PerihelionDistance = number("perihdist", known.PerihelionDistance),
            EphemerisPeriod = number("ephemeris_period", known.EphemerisPeriod),
            EphemerisPeriodError = number("ephemeris_period_err", known.EphemerisPeriodError),
            EphemerisEpoch = number("ephemeris_epoch", known.EphemerisEpoch),
            EphemerisEpochError = number("ephemeris_epoch_err", known.EphemerisEpochError),
            AbsoluteMagnitude = number("abs_mag", known.AbsoluteMagnitude),
            Slope = number("slope", known.Slope),
        };
    }

    /// <summary>A field with an id of this target gets the key and value given; others are found by their key, or added.</summary>
    private static ImmutableArray<TargetExtra> Extras(JsonObject body, ImmutableArray<TargetExtra> before, Target? target, ToolkitFaults faults)
    {
        var extras = new List<TargetExtra>(before.IsDefault ? [] : before);
        foreach (var item in ToolkitValues.Objects(body, "targetextra_set", faults))
        {
            var (key, value) = (ToolkitValues.Text(item, "key", faults), TextOf(item["value"]));
            if (string.IsNullOrEmpty(key))
            {
                faults.Set("targetextra_set", new JsonArray(new JsonObject { ["key"] = new JsonArray(ToolkitFaults.Required) }));
                continue;
            }

            var renamed = target is not null && ToolkitValues.Integer(item["id"]) is { } id ? ToolkitIds.Extra(target, id) : null;
            var at = extras.FindIndex(extra => extra.Key == (renamed?.Key ?? key));
            if (at >= 0)
            {
                extras[at] = extras[at] with { Key = key, Value = value };
            }
            else
            {
                extras.Add(new(key, value));
            }
        }

        if (ToolkitValues.Text(body, ToolkitTarget.Permissions, faults) is { Length: > 0 } permissions)
        {
            if (!ToolkitTarget.PermissionWords.Contains(permissions))
            {
                faults.Add(ToolkitTarget.Permissions, $"\"{OneLine.Of(permissions)}\" is not a valid choice.");
            }

            extras.RemoveAll(extra => extra.Key == ToolkitTarget.Permissions);
            extras.Add(new(ToolkitTarget.Permissions, permissions));
        }

        return [.. extras];
    }

    private static string TextOf(JsonNode? value) => value switch
    {
        null => "",
        JsonValue single when single.TryGetValue<string>(out var text) => text,
        _ => value.ToJsonString(),
    };

    /// <summary>The Toolkit's words for what its types need; zero is a value here.</summary>
    private static void CheckNeeded(TargetEdit edit, ToolkitFaults faults, Target? before = null)
    {
        var elements = edit.Elements ?? new();
        (string Name, double? Value)[] needed = edit.Type == TargetType.Sidereal
            ? before is { Type: TargetType.Sidereal, RightAscensionDegrees: null } ? [] : [("ra", edit.RightAscensionDegrees), ("dec", edit.DeclinationDegrees)]
            :
            [
                ("epoch_of_elements", elements.EpochOfElements), ("inclination", elements.Inclination), ("lng_asc_node", elements.LongitudeOfAscendingNode),
                ("arg_of_perihelion", elements.ArgumentOfPerihelion), ("eccentricity", elements.Eccentricity),
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
        var missing = needed.Where(field => field.Value is null).Select(field => field.Name).ToArray();
        if (missing.Length > 0)
        {
            faults.Add(ToolkitFaults.NoField, string.Create(CultureInfo.InvariantCulture,
                $"The following fields are required for {(edit.Type == TargetType.Sidereal ? ToolkitTarget.Sidereal : ToolkitTarget.NonSidereal)} targets: [{string.Join(", ", missing.Select(name => $"'{name}'"))}]"));
        }
    }
}
