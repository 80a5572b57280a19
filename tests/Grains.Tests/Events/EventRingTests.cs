using TomOrleans.Events;
using TomOrleans.Grains.Events;

namespace TomOrleans.Grains.Tests.Events;

public sealed class EventRingTests
{
    private readonly EventRing _ring = new(Guid.NewGuid(), capacity: 1_000);

    [Fact]
    public void A_page_goes_on_where_the_last_one_ended()
    {
        var start = _ring.End;
        Assert.False(_ring.HasAfter(start));
        Add(from: 0, count: 600);

        var first = _ring.After(start);
        var second = _ring.After(first.Next);

        Assert.Equal(Enumerable.Range(0, 600).Select(number => (long)number), first.Events.Concat(second.Events).Select(happened => happened.Count));
        Assert.False(first.IsGap || second.IsGap);
        Assert.False(_ring.HasAfter(second.Next));
    }

    [Fact]
    public void Who_is_too_slow_is_told_that_some_are_missing()
    {
        var start = _ring.End;
        Add(from: 0, count: 1_200);

        var page = _ring.After(start);

        Assert.True(page.IsGap);
        Assert.Equal(200, page.Events[0].Count);
    }

    [Fact]
    public void A_cursor_of_another_feed_saw_nothing_of_this_one()
    {
        var other = new EventCursor(Guid.NewGuid(), 700);
        Assert.False(_ring.HasAfter(other));
        Add(from: 0, count: 3);

        Assert.True(_ring.HasAfter(other));
        var page = _ring.After(other);
        Assert.True(page.IsGap);
        Assert.Equal(3, page.Events.Length);
        Assert.Equal(_ring.End, page.Next);
    }

    private void Add(int from, int count)
    {
        for (var number = from; number < from + count; number++)
        {
            _ring.Add(new() { Kind = TomEventKind.TargetChanged, AtMicroseconds = 1, Count = number });
        }
    }
}
