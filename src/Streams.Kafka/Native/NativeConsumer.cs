using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;

namespace TomOrleans.Streams.Kafka.Native;

/// <summary>
/// Takes messages from librdkafka with the fewest copies: Confluent's own way makes 25 objects of a message with five headers. The callbacks that Confluent registered
/// (rebalance, errors, log) run within <see cref="TryPoll"/> as they do within its Consume. One thread only.
/// </summary>
internal sealed unsafe class NativeConsumer(SafeHandle client)
{
    private readonly NameTable _topics = new();
    private readonly HeaderReader _headers = new();

    /// <summary>False when nothing came in time.</summary>
    /// <exception cref="ConsumeException">An error of a partition or of the consumer came, as from Confluent's Consume.</exception>
    public bool TryPoll(int milliseconds, out Polled polled)
    {
        polled = default;
        var message = ConsumerMethods.Poll(client, milliseconds);
        if (message is null)
        {
            return false;
        }

        try
        {
            polled = Read(message);
            return true;
        }
        finally
        {
            ConsumerMethods.DestroyMessage(message);
        }
    }

    private Polled Read(NativeMessage* message)
    {
        var topic = message->Topic == 0 ? null : _topics.Get(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(ConsumerMethods.TopicName(message->Topic)));
        switch (message->Error)
        {
            case ErrorCode.NoError:
                return new(topic!, message->Partition, message->Offset, Record(message));
            case ErrorCode.Local_PartitionEOF:
                return new(topic!, message->Partition, message->Offset, null);
            default:
                Throw(message, topic);
                return default;
        }
    }

    private StreamRecord Record(NativeMessage* message)
    {
        var milliseconds = ConsumerMethods.Timestamp(message, out var type);
        return new(
            message->Offset,
            type == (int)TimestampType.NotAvailable ? 0 : milliseconds * 1000,
            Copy(message->Key, message->KeyLength),
            Copy(message->Value, message->ValueLength),
            _headers.Read(message));
    }

    private static byte[]? Copy(byte* start, nuint length)
    {
        if (start is null)
        {
            return null;
        }

        var copy = length == 0 ? [] : GC.AllocateUninitializedArray<byte>(checked((int)length));
        new ReadOnlySpan<byte>(start, copy.Length).CopyTo(copy);
        return copy;
    }

    [DoesNotReturn]
    private void Throw(NativeMessage* message, string? topic) => throw new ConsumeException(
        new ConsumeResult<byte[], byte[]>
        {
            TopicPartitionOffset = new(topic!, message->Partition, message->Offset),
            Message = new() { Key = Copy(message->Key, message->KeyLength)!, Value = Copy(message->Value, message->ValueLength)! },
        },
        message->Error == ErrorCode.Local_Fatal ? Fatal() : new(message->Error, Marshal.PtrToStringUTF8((nint)ConsumerMethods.ErrorText(message))));

    private Error Fatal()
    {
        Span<byte> text = stackalloc byte[512];
        var code = ConsumerMethods.FatalError(client, text, (nuint)text.Length);
        return new(code, Encoding.UTF8.GetString(text[..Math.Max(0, text.IndexOf((byte)0))]), isFatal: true);
    }
}
