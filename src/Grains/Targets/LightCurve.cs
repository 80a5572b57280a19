using System.Collections.Immutable;
using TomOrleans.Storage.Photometry;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// A target's measurements as they are shown: of each the value that the latest message stated and nobody withdrew, never the one that
/// happened to arrive last.
/// </summary>
public static class LightCurve
{
    /// <summary>
    /// Picks from all stored rows of a target, in any order, and puts them into time order; those of the same time into an order
    /// that stays the same.
    /// </summary>
    /// <param name="rows">The rows; each (identity, content) once.</param>
    /// <param name="includeRetracted">True to show a measurement all of whose values were withdrawn too, by the latest of them.</param>
    public static ImmutableArray<PhotometryPoint> Shown(IEnumerable<PhotometryRow> rows, bool includeRetracted = false)
    {
        var shown = new Dictionary<long, (PhotometryRow Row, int Contents)>();
        foreach (var row in rows)
        {
            shown[row.Identity] = shown.TryGetValue(row.Identity, out var other)
                ? (Outranks(row, other.Row) ? row : other.Row, other.Contents + 1)
                : (row, 1);
        }

        return [.. shown.Values
            .Where(entry => includeRetracted || !entry.Row.IsRetracted)
            .OrderBy(entry => entry.Row.TimeMicroseconds).ThenBy(entry => entry.Row.Identity)
            .Select(entry => PhotometryRows.ToPoint(entry.Row, entry.Contents - 1))];
    }

    /// <summary>The measurement whose light came last, withdrawn ones left out; null without one.</summary>
    /// <param name="shown">Points in time order.</param>
    public static PhotometryPoint? Latest(ImmutableArray<PhotometryPoint> shown) => shown.LastOrDefault(point => !point.IsRetracted);

    /// <summary>A withdrawn value is shown only where no other is left.</summary>
    private static bool Outranks(PhotometryRow row, PhotometryRow other) =>
        row.IsRetracted == other.IsRetracted ? ShownOrder.Instance.Compare(row, other) > 0 : other.IsRetracted;
}
