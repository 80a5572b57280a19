using System.Collections.Concurrent;
using System.Threading.Channels;

namespace TomOrleans.Streams.Kafka.Partitions;

/// <summary>
/// The records of a partition between the poll thread, which adds, and the pump, which takes. They are announced apart from being added: librdkafka hands over what it has of one
/// partition in a row, and a pump that began with the first of them would make two batches of it, the first a tiny one.
/// </summary>
/// <param name="most">As many are announced without being told to.</param>
internal sealed class RecordBuffer(int most)
{
    private readonly ConcurrentQueue<StreamRecord> _records = new();
    private readonly Channel<bool> _announced =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Added since the last announcement.</summary>
    private int _quiet;

    /// <summary>Poll thread only.</summary>
    public void Add(StreamRecord record)
    {
        _records.Enqueue(record);
        if (++_quiet >= most)
        {
            Announce();
        }
    }

    /// <summary>Poll thread only.</summary>
    public void Announce()
    {
        if (_quiet > 0)
        {
            _quiet = 0;
            _announced.Writer.TryWrite(true);
        }
    }

    /// <summary>Nothing is added any more.</summary>
    public void Complete() => _announced.Writer.TryComplete();

    /// <summary>Waits for an announcement, unless something is there already. False when nothing will come any more.</summary>
    public async ValueTask<bool> WaitAsync()
    {
        while (_records.IsEmpty)
        {
            if (!await _announced.Reader.WaitToReadAsync())
            {
                return false;
            }

            _announced.Reader.TryRead(out _);
        }

        return true;
    }

    public bool TryTake(out StreamRecord record) => _records.TryDequeue(out record);
}
