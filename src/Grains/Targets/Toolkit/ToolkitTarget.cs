using System.Collections.Immutable;
using System.Text.Json.Nodes;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Toolkit;

/// <summary>
/// A target in the shape of the TOM Toolkit's <c>api/targets/</c> (tom_base 2.32), all keys present. Shape, shortened:
/// <c>{"id":7,"name":"AT 2026abc","type":"SIDEREAL","ra":12.5,"dec":-3.2,"epoch":2000.0,"aliases":[{"id":458753,"name":"ZTF26abc"}],"targetextra_set":[{"id":458752,"key":"host","value":"NGC 1"}]}</c>.
/// </summary>
public static class ToolkitTarget
{
    public const string Sidereal = "SIDEREAL";
    public const string NonSidereal = "NON_SIDEREAL";

    /// <summary>The extra field in which the Toolkit's <c>permissions</c> are kept; they restrict nothing here.</summary>
    public const string Permissions = "permissions";

    internal static readonly ImmutableArray<string> PermissionWords = ["OPEN", "PUBLIC", "PRIVATE"];

    internal static readonly ImmutableDictionary<string, OrbitalScheme> Schemes = new Dictionary<string, OrbitalScheme>(StringComparer.Ordinal)
    {
        ["MPC_MINOR_PLANET"] = OrbitalScheme.MpcMinorPlanet,
        ["MPC_COMET"] = OrbitalScheme.MpcComet,
        ["JPL_MAJOR_PLANET"] = OrbitalScheme.JplMajorPlanet,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    public static JsonObject ToJson(Target target)
    {
        var json = new JsonObject
        {
            ["id"] = target.Id,
            ["name"] = target.Name,
            ["type"] = target.Type == TargetType.Sidereal ? Sidereal : NonSidereal,
            ["created"] = CanonicalTime.Format(target.CreatedMicroseconds),
            ["modified"] = CanonicalTime.Format(target.ModifiedMicroseconds == 0 ? target.CreatedMicroseconds : target.ModifiedMicroseconds),
            [Permissions] = target.Extras.FirstOrDefault(extra => extra.Key == Permissions) is { Value: { } given } && PermissionWords.Contains(given) ? given : "PRIVATE",
            ["ra"] = target.RightAscensionDegrees,
            ["dec"] = target.DeclinationDegrees,
        };
        AddAstrometry(json, target);
        AddElements(json, target.Elements ?? new());
        json["aliases"] = new JsonArray([.. target.Aliases.Select((alias, i) => (JsonNode)new JsonObject { ["id"] = ToolkitIds.Of(target.Id, Ordinal(target, i)), ["name"] = alias })]);
        json["targetextra_set"] = new JsonArray([.. target.Extras.Where(extra => extra.Key != Permissions).Select(extra => (JsonNode)new JsonObject
        {
            ["id"] = ToolkitIds.Of(target.Id, extra.Ordinal),
            ["key"] = extra.Key,
            ["value"] = extra.Value,
        })]);
        json["groups"] = new JsonArray();
        json["target_lists"] = new JsonArray([.. target.Lists.Select(list => (JsonNode)new JsonObject { ["id"] = list.Id, ["name"] = list.Name })]);
        return json;
    }

    private static int Ordinal(Target target, int i) => i < target.AliasOrdinals.Length ? target.AliasOrdinals[i] : i + 1;

    private static void AddAstrometry(JsonObject json, Target target)
    {
        var known = target.Astrometry ?? new();
        json["epoch"] = known.Epoch;
        json["parallax"] = known.Parallax;
        json["pm_ra"] = known.ProperMotionRightAscension;
        json["pm_dec"] = known.ProperMotionDeclination;
        (double Longitude, double Latitude)? galactic = target is { RightAscensionDegrees: { } ra, DeclinationDegrees: { } dec } ? GalacticCoordinates.Of(ra, dec) : null;
        json["galactic_lng"] = galactic?.Longitude;
        json["galactic_lat"] = galactic?.Latitude;
        json["distance"] = known.Distance;
        json["distance_err"] = known.DistanceError;
    }

    private static void AddElements(JsonObject json, OrbitalElements elements)
    {
        json["scheme"] = elements.Scheme is { } scheme ? Schemes.First(known => known.Value == scheme).Key : "";
        json["epoch_of_elements"] = elements.EpochOfElements;
        json["mean_anomaly"] = elements.MeanAnomaly;
        json["arg_of_perihelion"] = elements.ArgumentOfPerihelion;
        json["eccentricity"] = elements.Eccentricity;
        json["lng_asc_node"] = elements.LongitudeOfAscendingNode;
        json["inclination"] = elements.Inclination;
        json["mean_daily_motion"] = elements.MeanDailyMotion;
        json["semimajor_axis"] = elements.SemimajorAxis;
        json["epoch_of_perihelion"] = elements.EpochOfPerihelion;
        json["ephemeris_period"] = elements.EphemerisPeriod;
        json["ephemeris_period_err"] = elements.EphemerisPeriodError;
        json["ephemeris_epoch"] = elements.EphemerisEpoch;
        json["ephemeris_epoch_err"] = elements.EphemerisEpochError;
        json["perihdist"] = elements.PerihelionDistance;
        json["abs_mag"] = elements.AbsoluteMagnitude;
        json["slope"] = elements.Slope;
    }
}
