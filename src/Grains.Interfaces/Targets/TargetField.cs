using System.Collections.Immutable;

namespace TomOrleans.Targets;

/// <summary>A number that a target may have beside its coordinates, by the name that the TOM Toolkit gives it.</summary>
/// <param name="Name">As in the Toolkit's REST API.</param>
/// <param name="Label">For people.</param>
/// <param name="Unit">Empty for a pure number.</param>
/// <param name="IsElement">One of the orbit; else of the place.</param>
/// <param name="Of">Reads it; null where it is not stated.</param>
/// <param name="With">The same target with another value; null for none.</param>
public sealed record TargetField(string Name, string Label, string Unit, bool IsElement, Func<TargetEdit, double?> Of, Func<TargetEdit, double?, TargetEdit> With)
{
    /// <summary>All of them, those of the place first.</summary>
    public static readonly ImmutableArray<TargetField> All =
    [
        Place("epoch", "Epoch", "yr", place => place.Epoch, (place, value) => place with { Epoch = value }),
        Place("pm_ra", "Proper motion, RA", "mas/yr", place => place.ProperMotionRightAscension, (place, value) => place with { ProperMotionRightAscension = value }),
        Place("pm_dec", "Proper motion, Dec", "mas/yr", place => place.ProperMotionDeclination, (place, value) => place with { ProperMotionDeclination = value }),
        Place("parallax", "Parallax", "mas", place => place.Parallax, (place, value) => place with { Parallax = value }),
        Place("distance", "Distance", "pc", place => place.Distance, (place, value) => place with { Distance = value }),
        Place("distance_err", "Distance error", "pc", place => place.DistanceError, (place, value) => place with { DistanceError = value }),
        Element("epoch_of_elements", "Epoch of elements", "MJD", orbit => orbit.EpochOfElements, (orbit, value) => orbit with { EpochOfElements = value }),
        Element("mean_anomaly", "Mean anomaly", "deg", orbit => orbit.MeanAnomaly, (orbit, value) => orbit with { MeanAnomaly = value }),
        Element("arg_of_perihelion", "Argument of perihelion", "deg", orbit => orbit.ArgumentOfPerihelion, (orbit, value) => orbit with { ArgumentOfPerihelion = value }),
        Element("eccentricity", "Eccentricity", "", orbit => orbit.Eccentricity, (orbit, value) => orbit with { Eccentricity = value }),
        Element("lng_asc_node", "Longitude of ascending node", "deg", orbit => orbit.LongitudeOfAscendingNode, (orbit, value) => orbit with { LongitudeOfAscendingNode = value }),
        Element("inclination", "Inclination", "deg", orbit => orbit.Inclination, (orbit, value) => orbit with { Inclination = value }),
        Element("mean_daily_motion", "Mean daily motion", "deg/d", orbit => orbit.MeanDailyMotion, (orbit, value) => orbit with { MeanDailyMotion = value }),
        Element("semimajor_axis", "Semi-major axis", "au", orbit => orbit.SemimajorAxis, (orbit, value) => orbit with { SemimajorAxis = value }),
        Element("epoch_of_perihelion", "Epoch of perihelion", "MJD", orbit => orbit.EpochOfPerihelion, (orbit, value) => orbit with { EpochOfPerihelion = value }),
        Element("perihdist", "Perihelion distance", "au", orbit => orbit.PerihelionDistance, (orbit, value) => orbit with { PerihelionDistance = value }),
        Element("ephemeris_period", "Ephemeris period", "d", orbit => orbit.EphemerisPeriod, (orbit, value) => orbit with { EphemerisPeriod = value }),
        Element("ephemeris_period_err", "Ephemeris period error", "d", orbit => orbit.EphemerisPeriodError, (orbit, value) => orbit with { EphemerisPeriodError = value }),
        Element("ephemeris_epoch", "Ephemeris epoch", "MJD", orbit => orbit.EphemerisEpoch, (orbit, value) => orbit with { EphemerisEpoch = value }),
        Element("ephemeris_epoch_err", "Ephemeris epoch error", "d", orbit => orbit.EphemerisEpochError, (orbit, value) => orbit with { EphemerisEpochError = value }),
        Element("abs_mag", "Absolute magnitude H", "mag", orbit => orbit.AbsoluteMagnitude, (orbit, value) => orbit with { AbsoluteMagnitude = value }),
        Element("slope", "Slope G", "", orbit => orbit.Slope, (orbit, value) => orbit with { Slope = value }),
    ];

    /// <summary>The Toolkit's names of the schemes.</summary>
    public static readonly ImmutableArray<(OrbitalScheme Scheme, string Name)> Schemes =
    [
        (OrbitalScheme.MpcMinorPlanet, "MPC_MINOR_PLANET"), (OrbitalScheme.MpcComet, "MPC_COMET"), (OrbitalScheme.JplMajorPlanet, "JPL_MAJOR_PLANET"),
    ];

    /// <summary>The name with its unit: <c>pm_ra [mas/yr]</c>.</summary>
    public string NameWithUnit => Unit.Length == 0 ? Name : $"{Name} [{Unit}]";

    /// <summary>Null for a name that is none.</summary>
    public static TargetField? Find(string name) => All.FirstOrDefault(field => field.Name == name);

    private static TargetField Place(string name, string label, string unit, Func<Astrometry, double?> of, Func<Astrometry, double?, Astrometry> with) => new(
        name, label, unit, IsElement: false,
        edit => edit.Astrometry is { } place ? of(place) : null,
        (edit, value) => edit with { Astrometry = with(edit.Astrometry ?? new(), value) });

    private static TargetField Element(string name, string label, string unit, Func<OrbitalElements, double?> of, Func<OrbitalElements, double?, OrbitalElements> with) => new(
        name, label, unit, IsElement: true,
        edit => edit.Elements is { } orbit ? of(orbit) : null,
        (edit, value) => edit with { Elements = with(edit.Elements ?? new(), value) });
}
