namespace TomOrleans.Sandbox.Sky;

/// <summary>
/// A sky that is observed night after night: pure and deterministic. When a target is visited and what is measured depends on the seed and on absolute
/// time, not on the start: a second run with the same seed tells the same history again, with the same ids, for the weeks both cover (supernovae
/// change with the season, see <see cref="SkyCatalog"/>).
/// </summary>
/// <param name="seed">Another seed, another sky.</param>
/// <param name="start">The history ends and the live visits begin here.</param>
/// <param name="interval">Between live visits; null for one second.</param>
public sealed class SkySimulator(ulong seed, DateTimeOffset start, TimeSpan? interval = null)
{
    /// <summary>How far back the history goes. [d]</summary>
    public const double HistoryDays = 28;

    private readonly TimeSpan _interval = interval ?? TimeSpan.FromSeconds(1);

    public IReadOnlyList<SkyTarget> Targets { get; } = SkyCatalog.For(seed, start);

    /// <summary>Four weeks of visits before the start, in the order of time: every target each one and a half to three days.</summary>
    public IReadOnlyList<Visit> History()
    {
        var end = Mjd.From(start);
        return [.. Enumerable.Range(0, Targets.Count).SelectMany(i => HistoryOf(i, end)).OrderBy(v => v.Time).ThenBy(v => v.Id)];
    }

    /// <summary>One visit each interval from the start on, without end. A visit is told as having ended at its time.</summary>
    public IEnumerable<Visit> Live()
    {
        var ticks = _interval.Ticks;
        for (var slot = (start.UtcTicks / ticks) + 1; ; slot++)
        {
            var chance = new Chance(seed).Of(-2).Of(slot);
            var time = Mjd.From(new DateTimeOffset(slot * ticks, TimeSpan.Zero));
            yield return VisitAt(Targets[(int)(chance.Uniform(0) * Targets.Count)], chance, time);
        }
    }

    internal static Visit VisitAt(SkyTarget target, Chance chance, double end, int fewest = 1)
    {
        var observatory = chance.Pick(1, Observatory.All);
        var bands = observatory.Depth.Keys.ToList();
        var count = fewest + (int)(chance.Uniform(2) * (Math.Min(3, bands.Count) - fewest + 1));
        var first = (int)(chance.Uniform(3) * bands.Count);
        var spacing = (observatory.ExposureTime + 20) / 86_400;
        var rows = Enumerable.Range(0, count)
            .Select(i => Expose(target, observatory, bands[(first + i) % bands.Count], chance.Of(i), end - ((count - 1 - i) * spacing)));
        return new Visit(chance.Uuid(), target, [.. rows]);
    }

    private IEnumerable<Visit> HistoryOf(int index, double end)
    {
        var chance = new Chance(seed).Of(-1).Of(index);
        var cadence = chance.Uniform(0, 1.5, 3);
        for (var n = (long)Math.Ceiling((end - HistoryDays) / cadence); n < end / cadence; n++)
        {
            var visit = chance.Of(n);
            var time = (n + visit.Uniform(0, 0, 0.4)) * cadence;
            if (time < end)
            {
                yield return VisitAt(Targets[index], visit, time);
            }
        }
    }

    private static Observation Expose(SkyTarget target, Observatory observatory, string band, Chance chance, double mjd)
    {
        var depth = Math.Round(observatory.Depth[band] + (0.3 * Math.Clamp(chance.Normal(1), -3, 3)), 3);
        var time = Mjd.ToTime(mjd);
        if (target.LightCurve.MagnitudeAt(mjd, band) is not { } truth)
        {
            return new Observation(time, band, observatory, null, null, depth);
        }

        // Noise belongs to the flux: a faint source far below the depth must not now and then come out as a bright one.
        var noise = PhotometricNoise.RelativeFluxError(truth, depth) * Math.Clamp(chance.Normal(2), -4, 4);
        var seen = Math.Round(truth - (2.5 * Math.Log10(Math.Max(1e-6, 1 + noise))), 4);
        if (seen > depth)
        {
            return new Observation(time, band, observatory, null, null, depth);
        }

        var error = Math.Round(PhotometricNoise.Sigma(seen, depth), 4);
        return new Observation(time, band, observatory, seen, error, chance.Uniform(7) < 0.2 ? depth : null);
    }
}
