using System.Collections.Immutable;

namespace TomOrleans.Grains.Sharing;

/// <summary>Which points and spectra of a target a share takes. Pure.</summary>
internal static class ShareSelection
{
    /// <summary>
    /// Leaves out what the destination has from us already, and what came from the very topic it would go to. Points before <paramref name="sinceMicroseconds"/> were not asked for and
    /// are neither taken nor counted as left out.
    /// </summary>
    /// <param name="points">The target's shown points with their keys.</param>
    /// <param name="sinceMicroseconds">[us since 1970, UTC]; null for all.</param>
    /// <param name="bands">Bandpasses asked for; empty for all. Others are neither taken nor counted as left out.</param>
    /// <param name="options">The destination.</param>
    /// <param name="topic">The destination's topic; null where it has none.</param>
    /// <param name="before">What went to this destination and topic before.</param>
    public static (ImmutableArray<SharedPoint> Taken, ImmutableArray<LeftOutValue> LeftOut) Choose(
        IEnumerable<SharedPoint> points,
        long? sinceMicroseconds,
        ImmutableArray<string> bands,
        DestinationOptions options,
        string? topic,
        SharedBefore before)
    {
        var taken = ImmutableArray.CreateBuilder<SharedPoint>();
        var leftOut = ImmutableArray.CreateBuilder<LeftOutValue>();
        foreach (var point in points)
        {
            if (point.Point.Time.UtcMicroseconds < sinceMicroseconds || (!bands.IsEmpty && !bands.Contains(point.Point.Bandpass)))
            {
                continue;
            }

            if ((before.Reason(point.Key) ?? ShareRules.Reason(point.Point, options, topic)) is { } reason)
            {
                leftOut.Add(new(point.Key, reason));
            }
            else
            {
                taken.Add(point);
            }
        }

        return (taken.DrainToImmutable(), leftOut.DrainToImmutable());
    }

    /// <summary>The same for spectra. A share that asks for bandpasses asks for none.</summary>
    public static (ImmutableArray<SharedSpectrum> Taken, ImmutableArray<LeftOutValue> LeftOut) Choose(
        IEnumerable<SharedSpectrum> spectra,
        long? sinceMicroseconds,
        DestinationOptions options,
        string? topic,
        SharedBefore before)
    {
        var taken = ImmutableArray.CreateBuilder<SharedSpectrum>();
        var leftOut = ImmutableArray.CreateBuilder<LeftOutValue>();
        foreach (var spectrum in spectra.Where(spectrum => spectrum.Spectrum.Head.Time.UtcMicroseconds >= (sinceMicroseconds ?? long.MinValue)))
        {
            var head = spectrum.Spectrum.Head;
            if ((before.Reason(spectrum.Key) ?? ShareRules.Reason(head.Origin, head.Provenance, options, topic)) is { } reason)
            {
                leftOut.Add(new(spectrum.Key, reason, IsSpectrum: true));
            }
            else
            {
                taken.Add(spectrum);
            }
        }

        return (taken.DrainToImmutable(), leftOut.DrainToImmutable());
    }

    /// <summary>One line a reason, most first: <c>3 points: retracted</c>, <c>1 spectrum: a flux whose unit is not stated</c>.</summary>
    public static ImmutableArray<string> Describe(IEnumerable<LeftOutValue> leftOut) =>
    [
        .. leftOut
            .GroupBy(value => (value.Reason, value.IsSpectrum))
            .OrderByDescending(group => group.Count())
            .Select(group => $"{Count(group.Count(), group.Key.IsSpectrum)}: {group.Key.Reason}"),
    ];

    private static string Count(int count, bool isSpectrum) => $"{count} {(isSpectrum, count) switch { (true, 1) => "spectrum", (true, _) => "spectra", (_, 1) => "point", _ => "points" }}";
}
