using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace TomOrleans.Streams.Kafka.Native;

/// <summary>Takes records from a consumer of Confluent's: straight from librdkafka, or by its Consume where the way there is closed. One thread only.</summary>
internal sealed class RecordConsumer
{
    /// <summary>Confluent keeps what went wrong in a rebalance for its next Consume, so it has to be asked now and then, however much comes.</summary>
    private const int NativeInARow = 1000;

    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly NativeConsumer? _native;
    private int _inARow;

    /// <param name="consumer">Confluent's; stays the caller's.</param>
    /// <param name="handle">Of <see cref="ClientHandle"/>.</param>
    public RecordConsumer(IConsumer<byte[], byte[]> consumer, SafeHandle? handle)
    {
        _consumer = consumer;
        _native = handle is null ? null : new(handle);
    }

    /// <summary>Serves librdkafka's callbacks. False when nothing came in time.</summary>
    /// <exception cref="ConsumeException">An error of a partition or of the consumer.</exception>
    public bool TryPoll(int milliseconds, out Polled polled)
    {
        if (_native is null)
        {
            return TryConsume(milliseconds, out polled);
        }

        if (++_inARow <= NativeInARow && _native.TryPoll(milliseconds, out polled))
        {
            return true;
        }

        _inARow = 0;
        return TryConsume(0, out polled);
    }

    private bool TryConsume(int milliseconds, out Polled polled)
    {
        var result = _consumer.Consume(milliseconds);
        polled = result is null ? default : new(result.Topic, result.Partition.Value, result.Offset.Value, result.IsPartitionEOF ? null : Incoming.From(result));
        return result is not null;
    }
}
