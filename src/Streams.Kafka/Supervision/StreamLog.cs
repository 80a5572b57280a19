using Microsoft.Extensions.Logging;

namespace TomOrleans.Streams.Kafka.Supervision;

internal static partial class StreamLog
{
    [LoggerMessage(1, LogLevel.Information, "{Stream}: connected, {Topics} topics with {Partitions} partitions match")]
    public static partial void StreamConnected(this ILogger log, string stream, int topics, int partitions);

    [LoggerMessage(2, LogLevel.Warning, "{Stream}: {Reason}; trying again in {Seconds:F0} s")]
    public static partial void SessionEnded(this ILogger log, string stream, string reason, double seconds);

    [LoggerMessage(3, LogLevel.Error, "{Stream}: the Kafka consumer failed and is built anew")]
    public static partial void SessionBroke(this ILogger log, Exception exception, string stream);

    [LoggerMessage(4, LogLevel.Warning, "{Stream}: Kafka says {Code}: {Reason} ({Held} more like this since the last)")]
    public static partial void KafkaFault(this ILogger log, string stream, string code, string reason, int held);

    [LoggerMessage(5, LogLevel.Warning, "{Stream}: the property {Property} is ignored, it is not for the user to choose")]
    public static partial void PropertyIgnored(this ILogger log, string stream, string property);

    [LoggerMessage(6, LogLevel.Error, "{Stream}: the start offsets cannot be stored; nothing is read before they are")]
    public static partial void PrepareFailed(this ILogger log, Exception? exception, string stream);

    [LoggerMessage(7, LogLevel.Information, "{Stream}: {Topic}/{Partition} is ours, reading from {Offset}")]
    public static partial void PartitionClaimed(this ILogger log, string stream, string topic, int partition, long offset);

    [LoggerMessage(8, LogLevel.Error, "{Stream}: {Topic}/{Partition} cannot be claimed and waits ({Held} more like this since the last)")]
    public static partial void ClaimFailed(this ILogger log, Exception exception, string stream, string topic, int partition, int held);

    [LoggerMessage(9, LogLevel.Warning, "{Stream}: the claim on {Topic}/{Partition} was lost ({Reason}); it is claimed again where it is still ours")]
    public static partial void ClaimLost(this ILogger log, string stream, string topic, int partition, string reason);

    [LoggerMessage(10, LogLevel.Error, "{Stream}: {Topic}/{Partition} waits, the batch from {Offset} is not delivered and will be repeated ({Held} more like this since the last)")]
    public static partial void DeliveryFailed(this ILogger log, Exception exception, string stream, string topic, int partition, long offset, int held);

    [LoggerMessage(11, LogLevel.Warning, "{Stream}: {Topic}/{Partition}: {Problem}")]
    public static partial void OffsetMoved(this ILogger log, string stream, string topic, int partition, string problem);

    [LoggerMessage(24, LogLevel.Information, "{Stream}: {Count} partitions are ours, {Read} of them read at once: {Topics}")]
    public static partial void PartitionsAssigned(this ILogger log, string stream, int count, int read, string topics);

    [LoggerMessage(12, LogLevel.Information, "{Stream}: {Count} partitions released (lost: {Lost})")]
    public static partial void PartitionsReleased(this ILogger log, string stream, int count, bool lost);

    [LoggerMessage(13, LogLevel.Error, "{Stream}: a delivery of {Topic}/{Partition} does not end although the partition is gone; it is released when it does")]
    public static partial void DeliveryOutlivesPartition(this ILogger log, string stream, string topic, int partition);

    [LoggerMessage(14, LogLevel.Error, "{Stream}: {Topic}/{Partition} was not released in order")]
    public static partial void ReleaseFailed(this ILogger log, Exception exception, string stream, string topic, int partition);

    [LoggerMessage(15, LogLevel.Warning, "{Stream}: {Topic}/{Partition} has messages up to {HighOffset} but nothing came after {Position} for 30 s; fetching is started anew")]
    public static partial void PartitionStalled(this ILogger log, string stream, string topic, int partition, long position, long highOffset);

    [LoggerMessage(16, LogLevel.Warning, "{Stream}: the state cannot be reported ({Held} more like this since the last)")]
    public static partial void ReportFailed(this ILogger log, Exception exception, string stream, int held);

    [LoggerMessage(17, LogLevel.Warning, "{Stream}: the Kafka consumer was not closed in order")]
    public static partial void CloseFailed(this ILogger log, Exception exception, string stream);

    [LoggerMessage(18, LogLevel.Error, "{Stream}: the time to stop is over and the Kafka consumer has not closed; it is left to the end of the process")]
    public static partial void StopOverdue(this ILogger log, string stream);

    [LoggerMessage(19, LogLevel.Debug, "{Stream}: librdkafka {Facility}: {Message}")]
    public static partial void Librdkafka(this ILogger log, string stream, string facility, string message);

    [LoggerMessage(20, LogLevel.Error, "{Stream}: the catch-up reader failed; it is made anew when it is needed")]
    public static partial void CatchUpBroke(this ILogger log, Exception exception, string stream);

    [LoggerMessage(21, LogLevel.Information, "{Stream}: {Topic}/{Partition} is held ({Reason}) and not read")]
    public static partial void PartitionHeld(this ILogger log, string stream, string topic, int partition, string reason);

    [LoggerMessage(23, LogLevel.Warning, "{Stream}: the heartbeat of {Topic} is {State}")]
    public static partial void HeartbeatChanged(this ILogger log, string stream, string topic, string state);

    [LoggerMessage(22, LogLevel.Warning, "{Stream}: {Topic} was deleted and made again; it is read from its beginning")]
    public static partial void TopicMadeAgain(this ILogger log, string stream, string topic);
}
