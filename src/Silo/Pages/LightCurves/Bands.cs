using System.Collections.Frozen;

namespace TomOrleans.Silo.Pages.LightCurves;

/// <summary>Where a bandpass lies in the spectrum, so that colours and legends run from blue to red whatever a source calls its filters.</summary>
public static class Bands
{
    /// <summary>Effective wavelengths [nm], rounded from the SVO Filter Profile Service. Case counts: <c>g</c> is Sloan's, <c>G</c> is Gaia's.</summary>
    private static readonly FrozenDictionary<string, double> Wavelengths = new (string Name, double Nanometres)[]
    {
        ("uvw2", 206), ("uvm2", 225), ("uvw1", 260), ("u", 360), ("U", 365), ("b", 439), ("B", 445), ("g", 480), ("BP", 511), ("c", 533), ("cyan", 533), ("v", 541), ("V", 551),
        ("w", 608), ("G", 622), ("r", 622), ("R", 658), ("o", 679), ("orange", 679), ("i", 755), ("RP", 777), ("I", 806), ("z", 869), ("Z", 877), ("y", 971), ("Y", 1031),
        ("J", 1235), ("H", 1646), ("K", 2160), ("Ks", 2160), ("W1", 3353), ("W2", 4603),
    }.ToFrozenDictionary(band => band.Name, band => band.Nanometres, StringComparer.Ordinal);

    /// <summary>Surveys and systems that are written before the band: <c>ztfr</c>, <c>ZTF_r</c>, <c>bessellv</c>, <c>ps1::w</c>.</summary>
    private static readonly string[] Systems =
        ["bessell", "johnson", "cousins", "gaia", "sdss", "sloan", "lsstcam", "lsst", "ztf", "atlas", "ps1", "panstarrs", "decam", "des", "uvot", "swift", "2mass", "asassn"];

    private static readonly char[] Separators = ['_', '-', ':', '.', ' ', '/'];

    /// <summary>Effective wavelength [nm]; null for bands that are not known, and for clear ones.</summary>
    public static double? WavelengthNanometres(string band)
    {
        var rest = band.Trim();
        for (var system = SystemOf(rest); system is not null; system = SystemOf(rest))
        {
            rest = rest[system.Length..].TrimStart(Separators);
        }

        return Find(rest) ?? Find(rest.Split(Separators)[^1]);
    }

    private static string? SystemOf(string text) =>
        Systems.FirstOrDefault(system => text.Length > system.Length && text.StartsWith(system, StringComparison.OrdinalIgnoreCase));

    private static double? Find(string name)
    {
        // Primes: g', gp.
        var bare = name.TrimEnd('\'', '*');
        bare = bare.Length == 2 && bare[1] == 'p' ? bare[..1] : bare;
        return Wavelengths.TryGetValue(bare, out var exact) ? exact
            : Wavelengths.TryGetValue(bare.ToLowerInvariant(), out var lower) ? lower
            : Wavelengths.TryGetValue(bare.ToUpperInvariant(), out var upper) ? upper
            : null;
    }
}
