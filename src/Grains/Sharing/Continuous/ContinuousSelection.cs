using TomOrleans.Storage.Sharing;
using TomOrleans.Storage.Sharing.Continuous;

namespace TomOrleans.Grains.Sharing.Continuous;

/// <summary>What a target shows of a measurement: a point or a spectrum.</summary>
internal readonly record struct ShownValue(SharedPoint? Point, SharedSpectrum? Spectrum)
{
    public PointKey Key => Point?.Key ?? Spectrum!.Value.Key;

    /// <summary>[us since 1970, UTC]</summary>
    public long TimeMicroseconds => (Point?.Point.Time ?? Spectrum!.Value.Spectrum.Head.Time).UtcMicroseconds;

    public bool IsRetracted => Point?.Point.IsRetracted == true;

    /// <summary>Why it is kept back; null where nothing speaks against it.</summary>
    public string? Reason(DestinationOptions options, string? topic) => Point is { Point: var point }
        ? ShareRules.Reason(point, options, topic)
        : ShareRules.Reason(Spectrum!.Value.Spectrum.Head.Origin, Spectrum.Value.Spectrum.Head.Provenance, options, topic);
}

/// <summary>Which of the values that wait go into the next share. Pure.</summary>
internal static class ContinuousSelection
{
    /// <summary>
    /// Takes the values that the target shows now. One that was revised while it waited is left out, and so is one that came late and never was shown: a receiver shows what it hears last.
    /// </summary>
    /// <param name="items">What waits.</param>
    /// <param name="shown">What the target shows of the same measurements.</param>
    /// <param name="passedOn">What the destination has from us, or may have, or will have.</param>
    /// <param name="options">The destination.</param>
    /// <param name="topic">Its topic; null for none.</param>
    public static (List<ContinuousItem> Taken, List<ContinuousItem> LeftOut) Choose(
        IEnumerable<ContinuousItem> items,
        IReadOnlyDictionary<PointKey, ShownValue> shown,
        IReadOnlyDictionary<PointKey, bool> passedOn,
        DestinationOptions options,
        string? topic)
    {
        var (taken, leftOut) = (new List<ContinuousItem>(), new List<ContinuousItem>());
        foreach (var item in items)
        {
            var goes = shown.TryGetValue(item.Point, out var value) && !value.IsRetracted && !passedOn.ContainsKey(item.Point) && value.Reason(options, topic) is null;
            (goes ? taken : leftOut).Add(item);
        }

        return (taken, leftOut);
    }
}
