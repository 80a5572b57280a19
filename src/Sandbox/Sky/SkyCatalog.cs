using TomOrleans.Sandbox.Sky.LightCurves;

namespace TomOrleans.Sandbox.Sky;

/// <summary>
/// The objects of a simulated sky. The stars are always the same; the supernovae belong to a season of 30 days, so that a sandbox shows young ones
/// whenever it is started and the same ones when it is started again the next day. An object depends on seed, season and index only.
/// </summary>
internal static class SkyCatalog
{
    /// <summary>How many objects a sandbox has: 11 supernovae, 6 RR Lyrae stars, 4 sinusoidal and 4 constant stars.</summary>
    public const int Size = 25;

    private const double SeasonDays = 30;

    public static IReadOnlyList<SkyTarget> For(ulong seed, DateTimeOffset time) =>
        [.. Enumerable.Range(0, Size).Select(i => Target(seed, time, i))];

    /// <summary>An object of any index; beyond <see cref="Size"/> all are supernovae, for load.</summary>
    public static SkyTarget Target(ulong seed, DateTimeOffset time, int index)
    {
        var chance = new Chance(seed).Of(index);
        return index switch
        {
            < 11 or >= Size => Supernova(chance, (long)(Mjd.From(time) / SeasonDays), index),
            < 17 => Star(chance, index, "RR Lyrae star", new PulsatingCurve(
                chance.Uniform(1, 14.5, 17.5), chance.Uniform(2, 0.45, 0.75), chance.Uniform(3), chance.Uniform(4, 0.25, 0.4))),
            < 21 => Star(chance, index, "variable star", new SinusoidCurve(
                chance.Uniform(1, 13.5, 17.5), chance.Uniform(2, 1.5, 60), chance.Uniform(3, 0, 60), chance.Uniform(4, 0.1, 0.6))),
            _ => Star(chance, index, "constant star", new ConstantCurve(chance.Uniform(1, 14, 19))),
        };
    }

    private static SkyTarget Supernova(Chance target, long season, int index)
    {
        var chance = target.Of(season);
        // Some are past their peak when the season begins, some explode while it lasts.
        var explosion = (season * SeasonDays) + chance.Uniform(1, -25, 15);
        var peak = chance.Uniform(2, 15.5, 19.5);
        var (rise, fall) = (chance.Uniform(3, 2.5, 5), chance.Uniform(4, 15, 30));
        var bands = new Dictionary<string, BazinBand>
        {
            ["g"] = new(peak, rise, fall),
            ["r"] = new(peak - 0.1, rise * 1.2, fall * 1.4),
            ["i"] = new(peak + 0.2, rise * 1.3, fall * 1.8),
            ["z"] = new(peak + 0.3, rise * 1.3, fall * 2.0),
        };
        // Names run on through the year: a season has fewer objects than letters between it and the next, except under load.
        var year = Mjd.ToTime(season * SeasonDays).Year;
        var number = index < Size ? (int)(season % 13 * Size) + index : 13 * Size + index;
        var name = TransientName.Of(chance.Uniform(5) < 0.6 ? "SN" : "AT", year, number);
        return At(target, name, index % 4 == 0 ? [$"SIM{year % 100}-{number:0000}"] : [], "supernova", new BazinCurve(explosion, bands));
    }

    private static SkyTarget Star(Chance target, int index, string kind, ILightCurve curve) =>
        At(target, TransientName.Of("AT", 2024, index), index % 3 == 0 ? [$"SIM24-{index:0000}", $"SIMV {index}"] : [], kind, curve);

    // Evenly over the sphere: the sine of the declination is even.
    private static SkyTarget At(Chance target, string name, string[] aliases, string kind, ILightCurve curve) => new(
        name,
        aliases,
        kind,
        Math.Round(target.Uniform(10, 0, 360), 6),
        Math.Round(Math.Asin(target.Uniform(11, -1, 1)) * 180 / Math.PI, 6),
        curve);
}
