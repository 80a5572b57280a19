using TomOrleans.Grains.Notices;
using TomOrleans.Notices;
using TomOrleans.Storage.Notices;

namespace TomOrleans.Grains.Tests.Notices;

public sealed class NoticeLedgerTests
{
    private readonly Dictionary<(string, string), NoticeRow> _rows = [];
    private long _now = 100;

    [Fact]
    public void A_thing_has_one_notice_that_is_new_again_when_it_gets_worse_and_over_when_it_is_mended()
    {
        Look(Parked(3, last: 30));
        Assert.Equal((3, 100L, 100L, null), (One.Count, One.SinceMicroseconds, One.LastMicroseconds, One.EndedMicroseconds));

        _now = 110;
        Assert.Empty(Look(Parked(3, last: 30)));
        _rows[("parked", "a")] = NoticeLedger.Seen(One, "anna", 115);

        _now = 120;
        Look(Parked(2, last: 30));
        Assert.Equal((2, 100L, 115L, "anna"), (One.Count, One.LastMicroseconds, One.SeenMicroseconds, One.SeenBy));

        _now = 130;
        Look(Parked(2, last: 31));
        Assert.Equal((2, 130L, null, null), (One.Count, One.LastMicroseconds, One.SeenMicroseconds, One.SeenBy));

        _now = 140;
        Look();
        Assert.Equal(140, One.EndedMicroseconds);
        Assert.Empty(Look());

        _now = 150;
        Look(Parked(1, last: 32));
        Assert.Equal((150L, null), (One.SinceMicroseconds, One.EndedMicroseconds));
    }

    [Fact]
    public void What_cannot_be_mended_is_over_when_somebody_has_seen_it_and_new_when_there_is_more()
    {
        Look(Rejected(2));
        Assert.Null(One.EndedMicroseconds);

        _rows[("rejected", "a")] = NoticeLedger.Seen(One, "anna", 105);
        _now = 110;
        Look(Rejected(2));
        Assert.Equal(110, One.EndedMicroseconds);
        Assert.Empty(Look(Rejected(2)));

        // One of them was sent again, and then another one was rejected.
        _now = 120;
        Look(Rejected(1));
        _now = 130;
        Look(Rejected(2));
        Assert.Equal((130L, null, null, 2L), (One.SinceMicroseconds, One.EndedMicroseconds, One.SeenMicroseconds, One.Count));
    }

    private NoticeRow One => Assert.Single(_rows.Values);

    private static NoticeCondition Parked(long count, long last) => new("parked", "a", NoticeLevel.Warning, $"{count} parked", count, last);

    private static NoticeCondition Rejected(long count) => new("rejected", "a", NoticeLevel.Alarm, $"{count} rejected", count, count, IsPast: true);

    private IReadOnlyList<NoticeRow> Look(params NoticeCondition[] conditions)
    {
        var changed = NoticeLedger.Update(_rows.Values, conditions, _now);
        foreach (var row in changed)
        {
            _rows[(row.Kind, row.Subject)] = row;
        }

        return changed;
    }
}
