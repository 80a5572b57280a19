using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TomOrleans.Storage.Photometry;

namespace TomOrleans.Storage.Tests.Photometry;

/// <summary>What is stored, and which value of a measurement is shown, is the same in whatever order, groups and repeats the rows come.</summary>
public sealed class PhotometryMergeTests
{
    private const long Target = 1;

    /// <summary>Values of a few measurements, each as its own message states it; some come more than once.</summary>
    private static Arbitrary<(StoredPoint[] Rows, int GroupSize)> Arrivals => (
        from rows in (from origin in Gen.Choose(1, 3) from time in Gen.Choose(0, 2) from content in Gen.Choose(1, 4) select Point(origin, time, content)).ListOf()
        from repeats in rows.Count == 0 ? Gen.Constant(new List<StoredPoint>()) : Gen.Elements<StoredPoint>(rows).ListOf().Select(again => again.ToList())
        from order in Gen.Shuffle(rows.Concat(repeats))
        from size in Gen.Choose(1, 7)
        select (order, size)).ToArbitrary();

    [Property(MaxTest = 2_000)]
    public Property Order_groups_and_repeats_change_nothing() => Prop.ForAll(Arrivals, given =>
    {
        var (stored, fates) = Store(given.Rows.Chunk(given.GroupSize));
        var stated = given.Rows.DistinctBy(KeyOf).ToList();
        return stored.Keys.ToHashSet().SetEquals(stated.Select(KeyOf))
            && fates.Count(fate => fate != RowFate.Known) == stated.Count
            && Shown(stored.Values).SequenceEqual(Shown(stated))
            && fates.Count(fate => fate == RowFate.Revision) == stated.Count - stated.Select(point => point.Identity).Distinct().Count();
    });

    /// <summary>Takes groups as a database does: what was stored before is read for the identities, moments and targets of each.</summary>
    private static (Dictionary<(PointIdentity Identity, long Content), StoredPoint> Stored, List<RowFate> Fates) Store(IEnumerable<StoredPoint[]> groups)
    {
        var stored = new Dictionary<(PointIdentity Identity, long Content), StoredPoint>();
        var fates = new List<RowFate>();
        foreach (var group in groups)
        {
            var merge = new PhotometryMerge();
            foreach (var point in stored.Values)
            {
                merge.AddStored(point.Identity, point.Row.Content, retracted: false, point.Source);
                merge.AddStatement(point.Statement, point.Row.Identity, point.Origin, stored.Keys.Count(key => key.Identity == point.Identity) > 1);
            }

            fates.AddRange(group.Select(merge.Apply));
            foreach (var point in merge.Inserts)
                stored.Add(KeyOf(point), point);
            foreach (var (identity, content, source) in merge.SourceMoves)
                stored[(identity, content)] = stored[(identity, content)] with { Source = source };
        }

        return (stored, fates);
    }

    private static IEnumerable<(PointIdentity Identity, long Content)> Shown(IEnumerable<StoredPoint> points) => points.GroupBy(point => point.Identity)
        .Select(values => KeyOf(values.MaxBy(point => (point.Source!.TimeMicroseconds, point.Source.Offset))!)).OrderBy(key => key.Identity.Identity);

    private static (PointIdentity Identity, long Content) KeyOf(StoredPoint point) => (point.Identity, point.Row.Content);

    private static StoredPoint Point(int origin, int time, int content)
    {
        // Later contents are not those of later messages.
        var message = (content * 5 % 7 * 100) + (origin * 10) + time;
        return new(Target, Rows.Point((origin * 10) + time, content, time), 1, 1, null, origin, new StoredSource(1, message, null, null, message));
    }
}
