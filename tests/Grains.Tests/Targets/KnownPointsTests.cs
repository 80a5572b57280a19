using TomOrleans.Grains.Targets;
using TomOrleans.Storage.Photometry;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets;

public sealed class KnownPointsTests
{
    private static readonly Guid Message = Guid.NewGuid();

    [Fact]
    public void A_point_that_was_never_seen_is_left_to_the_database() => Assert.Null(KnownPoints.Of([]).Judge(Row(1, 1)));

    [Fact]
    public void The_same_measurement_and_value_is_known() => Assert.Equal(PointFate.Known, KnownPoints.Of([Row(1, 1)]).Judge(Row(1, 1, offset: 9, message: Guid.NewGuid())));

    [Fact]
    public void The_same_message_elsewhere_is_a_repeat() => Assert.Equal(PointFate.Repeat, KnownPoints.Of([Row(1, 1, offset: 1, message: Message)]).Judge(Row(1, 1, offset: 9, message: Message)));

    [Fact]
    public void The_same_message_at_its_own_place_is_a_redelivery_not_a_repeat() =>
        Assert.Equal(PointFate.Known, KnownPoints.Of([Row(1, 1, offset: 1, message: Message)]).Judge(Row(1, 1, offset: 1, message: Message)));

    [Fact]
    public void Another_value_of_a_known_measurement_is_left_to_the_database() => Assert.Null(KnownPoints.Of([Row(1, 1)]).Judge(Row(1, 2)));

    [Fact]
    public void A_measurement_with_revisions_is_left_to_the_database()
    {
        var known = KnownPoints.Of([Row(1, 1), Row(1, 2)]);
        Assert.Null(known.Judge(Row(1, 1)));
    }

    [Fact]
    public void A_target_with_too_many_points_remembers_none()
    {
        var known = KnownPoints.Of(Enumerable.Range(0, KnownPoints.Capacity + 1).Select(i => Row(i, i)));
        Assert.Null(known.Judge(Row(0, 0)));
    }

    [Fact]
    public void Every_point_up_to_the_capacity_stays_known()
    {
        var rows = Enumerable.Range(1, KnownPoints.Capacity).Select(i => Row(i * 4096L, i)).ToArray();
        var known = KnownPoints.Of(rows);
        Assert.All(rows, row => Assert.Equal(PointFate.Known, known.Judge(row)));
        Assert.Null(known.Judge(Row(4097, 1)));
    }

    [Fact]
    public void Points_whose_hashes_agree_are_known_all_the_same()
    {
        var alike = Enumerable.Range(1, int.MaxValue).Where(identity => (PointTable.HashOf(identity) & 0xFFFF) == 1).Take(1_000).ToList();
        var known = KnownPoints.Of(alike.Select(identity => Row(identity, 7)));
        Assert.All(alike, identity => Assert.Equal(PointFate.Known, known.Judge(Row(identity, 7))));
        Assert.All(alike, identity => Assert.Null(known.Judge(Row(identity, 8))));
    }

    [Fact]
    public void Growing_leaves_little_behind()
    {
        const int Points = 4_000;
        var random = new Random(1);
        var rows = Enumerable.Range(1, Points).Select(i => Row(random.NextInt64(), i)).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var known = KnownPoints.Of(rows);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Points, 24, 60);
        Assert.NotNull(known.Judge(rows[0]));
    }

    private static PhotometryRow Row(long identity, long content, long offset = 0, Guid? message = null) => new()
    {
        Identity = identity,
        Content = content,
        TimeMicroseconds = 0,
        TimeForm = 0,
        Bandpass = "g",
        Unit = 1,
        Origin = "o",
        Source = new("s", "t", 0, offset, message, null, 0),
    };
}
