using TomOrleans.Alerts;
using TomOrleans.Events;
using TomOrleans.Grains.Events;
using TomOrleans.Sharing;
using TomOrleans.Storage.Photometry;

namespace TomOrleans.Grains.Tests.Events;

public sealed class EventQueueTests
{
    private static readonly HandlerKey Hermes = new(new(new("survey", "alerts"), 3), "hermes");
    private readonly EventQueue _queue = new(TimeProvider.System);

    [Fact]
    public void What_tells_of_the_same_thing_becomes_one_event()
    {
        _queue.AlertsHandled(Hermes, 10, 109);
        _queue.TargetChanged(7, [RowFate.New, RowFate.Known]);
        _queue.AlertsHandled(Hermes with { Handler = "log" }, 5, 4);
        _queue.AlertsHandled(Hermes, 2, 111);
        _queue.TargetChanged(7, [RowFate.Revision, RowFate.New]);

        var events = _queue.Take(10);
        Assert.Equal([TomEventKind.AlertsHandled, TomEventKind.TargetChanged, TomEventKind.AlertsHandled], events.Select(happened => happened.Kind));
        Assert.Equal((12, "hermes", new MessageLocation("survey", "alerts", 3, 111)), (events[0].Count, events[0].Handler, events[0].Last));
        Assert.Equal((3, 7), (events[1].Count, events[1].TargetId));
        Assert.Null(events[1].ShareId);
    }

    [Fact]
    public void Nothing_new_is_no_event()
    {
        _queue.AlertsHandled(Hermes, 0, 1);
        _queue.TargetChanged(7, [RowFate.Known]);
        _queue.ShareEnded(1, "hermes", ShareState.Queued, "503");

        Assert.Empty(_queue.Take(10));
    }

    [Fact]
    public void Shares_and_orders_tell_whose_they_are()
    {
        _queue.ShareEnded(5, "hermes", ShareState.Rejected, "no\nband");
        _queue.TopicOrdered(TomEventKind.TopicPaused, Hermes.Partition.Topic, null, "somebody");

        var events = _queue.Take(10);
        Assert.Equal((TomEventKind.ShareRejected, 5, "hermes", "no band"), (events[0].Kind, events[0].ShareId, events[0].Destination, events[0].Text));
        Assert.Equal((Hermes.Partition.Topic, null, null, "somebody"), (events[1].Topic, events[1].Handler, events[1].ShareId, events[1].Text));
    }

    [Fact]
    public void Of_too_many_the_oldest_are_dropped_and_counted()
    {
        for (var target = 0; target < EventQueue.Capacity + 3; target++)
        {
            _queue.TargetChanged(target, [RowFate.New]);
        }

        Assert.Equal(3, _queue.Dropped);
        Assert.Equal([3, 4], _queue.Take(2).Select(happened => happened.TargetId!.Value));
        Assert.Equal(EventQueue.Capacity - 2, _queue.Take(int.MaxValue).Count);
    }

    [Fact]
    public async Task Who_waits_hears_of_what_is_left_too()
    {
        var waiting = _queue.SomeAsync(TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        _queue.TargetChanged(1, [RowFate.New]);
        _queue.TargetChanged(2, [RowFate.New]);
        await waiting;

        _queue.Take(1);
        Assert.True(_queue.SomeAsync(TestContext.Current.CancellationToken).IsCompletedSuccessfully);
        _queue.Take(1);
        Assert.False(_queue.SomeAsync(TestContext.Current.CancellationToken).IsCompleted);
    }

    [Fact]
    public void Putting_allocates_nothing_once_the_queue_has_grown()
    {
        RowFate[] rows = [RowFate.New];
        void Fill()
        {
            for (var target = 0; target < 2 * EventQueue.Capacity; target++)
            {
                _queue.TargetChanged(target, rows);
                _queue.AlertsHandled(Hermes, 1, target);
            }
        }

        Fill();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Fill();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }
}
