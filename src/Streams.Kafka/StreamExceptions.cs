namespace TomOrleans.Streams.Kafka;

/// <summary>librdkafka refuses the stream's settings.</summary>
public sealed class StreamConfigurationException : Exception
{
    public StreamConfigurationException(string? property, string message, Exception? inner = null)
        : base(message, inner) => Property = property;

    /// <summary>The offending property, where it is known.</summary>
    public string? Property { get; }
}

/// <summary>The broker did not answer, or not usefully. Trying again may help.</summary>
public sealed class StreamUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Thrown by <see cref="IStreamSink.DeliverAsync"/> when its claim on the partition is no longer good. What was read is dropped, and where the partition is
/// still ours it is claimed again.
/// </summary>
public sealed class ClaimLostException(string message) : Exception(message);

/// <summary>
/// Thrown by <see cref="IStreamSink.ClaimAsync"/>, or by <see cref="IStreamSink.DeliverAsync"/> before anything of the batch has its fate, when an operator holds the partition. Nothing
/// is read from it until <see cref="StreamConsumer.Reclaim"/>; to be safe it is asked for again each 30 s.
/// </summary>
/// <param name="reason">One line for a person, shown as what the partition waits for.</param>
public sealed class PartitionHeldException(string reason) : Exception(reason);
