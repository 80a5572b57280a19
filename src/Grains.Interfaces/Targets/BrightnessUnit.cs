namespace TomOrleans.Targets;

/// <summary>
/// Unit and system of a brightness, kept as given and never converted in storage. The numbers are stored: add, never renumber.
/// </summary>
public enum BrightnessUnit
{
    /// <summary>Magnitude of a system that nobody stated.</summary>
    Magnitude = 0,

    /// <summary>AB magnitude.</summary>
    AbMagnitude = 1,

    /// <summary>Vega magnitude.</summary>
    VegaMagnitude = 2,

    /// <summary>[nJy]</summary>
    Nanojansky = 3,

    /// <summary>[uJy]</summary>
    Microjansky = 4,

    /// <summary>[mJy]</summary>
    Millijansky = 5,

    /// <summary>[Jy]</summary>
    Jansky = 6,

    /// <summary>Flux density per wavelength [erg s^-1 cm^-2 Angstrom^-1].</summary>
    FluxPerAngstrom = 7,
}
