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

    /// <summary>A silo tells where its partitions of this topic stand; kept in memory only.</summary>
    [Alias("report")]
    Task ReportAsync(string silo, ImmutableArray<PartitionReport> partitions);
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
}
