namespace TomOrleans.Grains.Targets.Times;

/// <summary>What a Julian date counts.</summary>
public enum TimeScale
{
    /// <summary>Universal time, coordinated: a day has 86,400 s, a leap second is not counted.</summary>
    Utc,

    /// <summary>International atomic time.</summary>
    Tai,

    /// <summary>Terrestrial time, TAI + 32.184 s.</summary>
    Tt,

    /// <summary>Barycentric dynamical time, within 2 ms of TT.</summary>
    Tdb,

    /// <summary>Barycentric coordinate time, which gains 0.49 s a year on TDB.</summary>
    Tcb,
}
