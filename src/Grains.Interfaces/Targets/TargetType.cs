namespace TomOrleans.Targets;

/// <summary>How a target moves on the sky. The numbers are stored: add, never renumber.</summary>
public enum TargetType
{
    /// <summary>Fixed among the stars, but for its proper motion.</summary>
    Sidereal = 0,

    /// <summary>On an orbit in the solar system: known by its elements.</summary>
    NonSidereal = 1,
}

/// <summary>Which set of orbital elements is given, as the TOM Toolkit and the services it names have them. The numbers are stored: add, never renumber.</summary>
public enum OrbitalScheme
{
    /// <summary>Minor planet: mean anomaly and semi-major axis.</summary>
    MpcMinorPlanet = 1,

    /// <summary>Comet: perihelion distance and epoch of perihelion.</summary>
    MpcComet = 2,

    /// <summary>Major planet: mean daily motion, mean anomaly and semi-major axis.</summary>
    JplMajorPlanet = 3,
}
