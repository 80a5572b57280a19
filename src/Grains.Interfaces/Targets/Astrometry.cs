namespace TomOrleans.Targets;

/// <summary>What is known of a sidereal target's place beyond its coordinates. Null is not stated; zero is a value.</summary>
[GenerateSerializer, Immutable, Alias("tom.astrometry")]
public sealed record Astrometry
{
    /// <summary>Epoch of the coordinates [Julian year].</summary>
    [Id(0)] public double? Epoch { get; init; }

    /// <summary>Proper motion in right ascension, times the cosine of the declination [mas/yr].</summary>
    [Id(1)] public double? ProperMotionRightAscension { get; init; }

    /// <summary>Proper motion in declination [mas/yr].</summary>
    [Id(2)] public double? ProperMotionDeclination { get; init; }

    /// <summary>[mas]; may be negative, as catalogues have it.</summary>
    [Id(3)] public double? Parallax { get; init; }

    /// <summary>[pc], not negative.</summary>
    [Id(4)] public double? Distance { get; init; }

    /// <summary>One standard deviation [pc], not negative.</summary>
    [Id(5)] public double? DistanceError { get; init; }
}
