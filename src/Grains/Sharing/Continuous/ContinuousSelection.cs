using TomOrleans.Storage.Sharing;
using TomOrleans.Storage.Sharing.Continuous;

namespace TomOrleans.Grains.Sharing.Continuous;

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
        IReadOnlyDictionary<PointKey, SharedPoint> shown,
        IReadOnlyDictionary<PointKey, bool> passedOn,
        DestinationOptions options,
        string? topic)
    {
        var (taken, leftOut) = (new List<ContinuousItem>(), new List<ContinuousItem>());
        foreach (var item in items)
        {
            var goes = shown.TryGetValue(item.Point, out var point) && !point.Point.IsRetracted && !passedOn.ContainsKey(item.Point) && ShareRules.Reason(point.Point, options, topic) is null;
            (goes ? taken : leftOut).Add(item);
        }

        return (taken, leftOut);
    }
}
