namespace TomOrleans.Targets;

/// <summary>The orbit of a non-sidereal target, in the TOM Toolkit's elements. Null is not stated; zero is a value.</summary>
[GenerateSerializer, Immutable, Alias("tom.orbital-elements")]
public sealed record OrbitalElements
{
    /// <summary>Null where nobody said which set is given.</summary>
    [Id(0)] public OrbitalScheme? Scheme { get; init; }

    /// <summary>[d, MJD]</summary>
    [Id(1)] public double? EpochOfElements { get; init; }

    /// <summary>[deg]</summary>
    [Id(2)] public double? MeanAnomaly { get; init; }

    /// <summary>[deg, J2000]</summary>
    [Id(3)] public double? ArgumentOfPerihelion { get; init; }

    /// <summary>Not negative; 1 and more for orbits that are not closed.</summary>
    [Id(4)] public double? Eccentricity { get; init; }

    /// <summary>[deg, J2000]</summary>
    [Id(5)] public double? LongitudeOfAscendingNode { get; init; }

    /// <summary>To the ecliptic [deg, J2000], 0 to 180.</summary>
    [Id(6)] public double? Inclination { get; init; }

    /// <summary>[deg/d]</summary>
    [Id(7)] public double? MeanDailyMotion { get; init; }

    /// <summary>[au]</summary>
    [Id(8)] public double? SemimajorAxis { get; init; }

    /// <summary>[d, MJD]</summary>
    [Id(9)] public double? EpochOfPerihelion { get; init; }

    /// <summary>[au], not negative.</summary>
    [Id(10)] public double? PerihelionDistance { get; init; }

    /// <summary>[d]</summary>
    [Id(11)] public double? EphemerisPeriod { get; init; }

    /// <summary>[d], not negative.</summary>
    [Id(12)] public double? EphemerisPeriodError { get; init; }

    /// <summary>[d, MJD]</summary>
    [Id(13)] public double? EphemerisEpoch { get; init; }

    /// <summary>[d], not negative.</summary>
    [Id(14)] public double? EphemerisEpochError { get; init; }

    /// <summary>Absolute magnitude H [mag].</summary>
    [Id(15)] public double? AbsoluteMagnitude { get; init; }

    /// <summary>Slope of the phase curve, G.</summary>
    [Id(16)] public double? Slope { get; init; }
}
