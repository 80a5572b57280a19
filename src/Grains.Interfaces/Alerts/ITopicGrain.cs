using System.Collections.Immutable;
using TomOrleans.Security;

namespace TomOrleans.Alerts;

/// <summary>
/// The control plane of a Kafka topic: which handlers get its messages, in what state they are, what is parked. Key <see cref="TopicName"/>.
/// Never on the way of a message.
/// </summary>
[Alias("tom.topic")]
public interface ITopicGrain : IGrainWithStringKey
{
    /// <summary>Books from the durable counters, positions from the silos' last reports.</summary>
    [Alias("status"), AllowRole(TomRole.Reader)]
    Task<TopicStatus> GetStatusAsync();

    /// <summary>What its handlers never saw, the newest 100 ranges, the newest first. Kept when the books are.</summary>
    [Alias("lost"), AllowRole(TomRole.Reader)]
    Task<ImmutableArray<LostRange>> GetLostAsync();

    /// <summary>
    /// Stops a handler, or with null all handlers of the topic. Durable when it returns, over restarts too; the silos that read the topic follow within about two seconds, what
    /// is in flight is finished. Safe to repeat. Throws <see cref="TomFault.NotFound"/> for a handler that the topic does not have.
    /// </summary>
    [Alias("pause"), AllowRole(TomRole.Operator)]
    Task PauseAsync(string? handler);

    /// <summary>Goes on where the cursors stand; with null, every handler of the topic does. As <see cref="PauseAsync"/> otherwise.</summary>
    [Alias("resume"), AllowRole(TomRole.Operator)]
    Task ResumeAsync(string? handler);

    /// <summary>
    /// Moves the cursors of a handler, or of all. Durable when it returns, and carried out once in each partition that exists, by the silo that owns it. What is read a second time is
    /// counted a second time; points are stored once all the same. An offset the partition does not have becomes its first or its end.
    /// </summary>
    [Alias("seek"), AllowRole(TomRole.Operator)]
    Task SeekAsync(TopicSeek seek);

    /// <summary>A silo tells where its partitions of this topic stand; kept in memory only.</summary>
    [Alias("report")]
    Task ReportAsync(string silo, ImmutableArray<PartitionReport> partitions);

    /// <summary>A silo tells how long its messages of the last minute took; kept in memory only.</summary>
    [Alias("report-latency")]
    Task ReportLatencyAsync(string silo, ImmutableArray<LatencyReport> handlers);
}

/// <summary>What the owner of a partition knows at this moment.</summary>
[GenerateSerializer, Immutable, Alias("tom.partition-report")]
public sealed record PartitionReport
{
    [Id(0)] public required int Partition { get; init; }
    [Id(1)] public required long Position { get; init; }
    [Id(2)] public required long HighOffset { get; init; }
    [Id(3)] public long? LastMessageMicroseconds { get; init; }
    [Id(4)] public string? Waiting { get; init; }

    /// <summary>Messages read from Kafka that have no durable fate yet.</summary>
    [Id(5)] public required long InFlight { get; init; }

    /// <summary>True in the last report before the partition goes to another owner.</summary>
    [Id(6)] public bool Released { get; init; }

    /// <summary>How each handler stands in the partition.</summary>
    [Id(7)] public ImmutableArray<LaneReport> Lanes { get; init; } = [];

    /// <summary>Mean time between the last messages, by their own times [us]; null before there are two.</summary>
    [Id(8)] public long? UsualGapMicroseconds { get; init; }

    /// <summary><c>beating</c>, <c>silent: reason</c> or <c>failing: reason</c>; null where the topic holds no heartbeats.</summary>
    [Id(9)] public string? Heartbeat { get; init; }
}

/// <param name="Handler">The handler's id in its topic.</param>
/// <param name="State"><c>live</c>, <c>behind</c>, <c>failing: reason</c> or <c>stopped: reason</c>.</param>
/// <param name="NextOffset">Its cursor.</param>
/// <param name="InHand">Messages that it was handed and has not judged yet.</param>
[GenerateSerializer, Immutable, Alias("tom.lane-report")]
public sealed record LaneReport(
    [property: Id(0)] string Handler,
    [property: Id(1)] string State,
    [property: Id(2)] long NextOffset,
    [property: Id(3)] long InHand);
