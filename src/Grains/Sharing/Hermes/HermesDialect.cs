namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// For whom a message is written. Hermes takes more than any of its readers understands, and what one of them reads another loses without a word:
/// see docs/decisions on dialects.
/// </summary>
public enum HermesDialect
{
    /// <summary>ISO times, one row a measurement, limits with both units. Read by the TOM Toolkit, by TomOrleans, and by who reads Hermes as it is documented. The default.</summary>
    Toolkit,

    /// <summary>
    /// The same, but a measurement that has a limit too becomes two rows: the TOM Toolkit 2.x reads the limit only of a row without brightness. Not for 3.x, which keeps one row a target, band
    /// and time.
    /// </summary>
    Toolkit2,

    /// <summary>
    /// Julian dates, and AB magnitudes alone: SkyPortal takes every date for a Julian date and every brightness for an AB magnitude, and reads no limits. What it would misread is left out.
    /// </summary>
    SkyPortal,
}
