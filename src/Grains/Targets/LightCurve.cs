using System.Collections.Immutable;
using TomOrleans.Storage.Photometry;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// A target's measurements as they are shown: of each the value that the latest message stated and nobody withdrew, never the one that
/// happened to arrive last; and what several origins state alike of a time, band and telescope once, as stated first.
/// </summary>
public static class LightCurve
{
    /// <summary>
    /// Picks from all stored rows of a target, in any order, and puts them into time order; those of the same time into an order
    /// that stays the same.
    /// </summary>
    /// <param name="rows">The rows; each (identity, content) once.</param>
    /// <param name="includeRetracted">True to show a measurement all of whose values were withdrawn too, by the latest of them.</param>
    public static ImmutableArray<PhotometryPoint> Shown(IEnumerable<PhotometryRow> rows, bool includeRetracted = false) => [.. Measurements(rows)
        .Where(measurement => includeRetracted || !measurement.Shown.Row.IsRetracted)
        .OrderBy(measurement => measurement.Shown.Row.TimeMicroseconds).ThenBy(measurement => measurement.Shown.Row.Identity)
        .Select(measurement => PhotometryRows.ToPoint(measurement.Shown.Row, measurement.Shown.Contents - 1, measurement.All.Count - 1))];

    /// <summary>All rows, in time order, the rows of a measurement together, the shown one first.</summary>
    public static ImmutableArray<PointHistory> History(IReadOnlyCollection<PhotometryRow> rows)
    {
        var shownAs = Measurements(rows).SelectMany(measurement => measurement.All, (measurement, one) => (one.Row.Identity, measurement.Shown.Row)).ToDictionary(pair => pair.Identity, pair => pair.Row);
        return [.. rows
            .Select(row => (Row: row, Shown: shownAs[row.Identity]))
            .OrderBy(entry => entry.Shown.TimeMicroseconds).ThenBy(entry => entry.Shown.Identity).ThenBy(entry => !ReferenceEquals(entry.Row, entry.Shown))
            .ThenByDescending(entry => entry.Row, ShownOrder.Instance)
            .Select(entry => new PointHistory(
                PhotometryRows.ToPoint(entry.Row), ReferenceEquals(entry.Row, entry.Shown), PointKeys.Format(entry.Shown.Identity, entry.Shown.Content)))];
    }

    /// <summary>The measurement whose light came last, withdrawn ones left out; null without one.</summary>
    /// <param name="shown">Points in time order.</param>
    public static PhotometryPoint? Latest(ImmutableArray<PhotometryPoint> shown) => shown.LastOrDefault(point => !point.IsRetracted);

    /// <summary>What several origins state alike is one; what one origin states twice under ids of its own are two.</summary>
    private static IEnumerable<Measurement> Measurements(IEnumerable<PhotometryRow> rows)
    {
        var statements = new Dictionary<Statement, List<Picked>>();
        foreach (var picked in Pick(rows).Values)
        {
            var statement = Statement.Of(picked.Row);
            (statements.TryGetValue(statement, out var alike) ? alike : statements[statement] = []).Add(picked);
        }

        return statements.Values.SelectMany(alike => alike.Count == 1
            ? [new Measurement(alike[0], alike)]
            : alike.GroupBy(picked => picked.Row.Origin)
                .SelectMany(origin => origin.OrderBy(picked => picked.Row.Identity).Index())
                .GroupBy(numbered => numbered.Index, numbered => numbered.Item)
                .Select(group => group.ToList())
                .Select(group => new Measurement(group.Aggregate((one, other) => StandsFor(other.Row, one.Row) ? other : one), group)));
    }

    /// <summary>Of each identity the row that is shown, and how many it has.</summary>
    private static Dictionary<long, Picked> Pick(IEnumerable<PhotometryRow> rows)
    {
        var picked = new Dictionary<long, Picked>();
        foreach (var row in rows)
        {
            picked[row.Identity] = picked.TryGetValue(row.Identity, out var other)
                ? new(Outranks(row, other.Row) ? row : other.Row, other.Contents + 1)
                : new(row, 1);
        }

        return picked;
    }

    /// <summary>A withdrawn value is shown only where no other is left.</summary>
    private static bool Outranks(PhotometryRow row, PhotometryRow other) =>
        row.IsRetracted == other.IsRetracted ? ShownOrder.Instance.Compare(row, other) > 0 : other.IsRetracted;

    /// <summary>Of equal statements the first one, but a withdrawn one only where no other is left.</summary>
    private static bool StandsFor(PhotometryRow row, PhotometryRow other) =>
        row.IsRetracted != other.IsRetracted ? other.IsRetracted
        : ShownOrder.Instance.Compare(row, other) is var order and not 0 ? order < 0
        : row.Identity < other.Identity;

    private readonly record struct Picked(PhotometryRow Row, int Contents);

    private readonly record struct Measurement(Picked Shown, IReadOnlyList<Picked> All);

    private readonly record struct Statement(long Time, long Content, string Band, string? Telescope)
    {
        public static Statement Of(PhotometryRow row) => new(row.TimeMicroseconds, row.Content, row.Bandpass, row.Telescope);
    }
}
