using TomOrleans.Streams.Kafka.Partitions;

namespace TomOrleans.Streams.Kafka.Tests.Partitions;

public sealed class RecordBufferTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly RecordBuffer _buffer = new(most: 3);

    [Fact]
    public async Task Whoever_waits_is_woken_by_the_announcement_and_not_by_the_first_record()
    {
        var waiting = _buffer.WaitAsync().AsTask();
        _buffer.Add(Record(0));
        _buffer.Add(Record(1));
        Assert.False(waiting.IsCompleted);

        _buffer.Announce();

        Assert.True(await waiting.WaitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Equal([0, 1], TakeAll());
    }

    [Fact]
    public async Task As_many_as_a_batch_takes_announce_themselves()
    {
        var waiting = _buffer.WaitAsync().AsTask();
        _buffer.Add(Record(0));
        _buffer.Add(Record(1));
        _buffer.Add(Record(2));

        Assert.True(await waiting.WaitAsync(Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_came_while_the_pump_was_at_work_is_taken_without_an_announcement()
    {
        _buffer.Add(Record(0));

        Assert.True(await _buffer.WaitAsync());
        Assert.Equal([0], TakeAll());
    }

    [Fact]
    public async Task An_announcement_of_what_was_taken_before_wakes_nobody()
    {
        _buffer.Add(Record(0));
        _buffer.Announce();
        Assert.Equal([0], TakeAll());

        var waiting = _buffer.WaitAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        _buffer.Complete();

        Assert.False(await waiting.WaitAsync(Limit, TestContext.Current.CancellationToken));
    }

    private static StreamRecord Record(long offset) => new(offset, 0, null, null, default);

    private List<long> TakeAll()
    {
        var offsets = new List<long>();
        while (_buffer.TryTake(out var record))
        {
            offsets.Add(record.Offset);
        }

        return offsets;
    }
}
