using System.Collections.Immutable;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>What a partition's worker may ask of this silo's stream consumers, beside the live batches that they bring.</summary>
public interface IPartitionSource
{
    /// <summary>
    /// Reads on for a handler that is behind: what there is at or above the offset, or, at the end of the partition, nothing. Throws <see cref="TomException"/>
    /// <see cref="TomFault.Unavailable"/> while the broker does not answer.
    /// </summary>
    Task<CatchUpRecords> ReadAsync(TopicPartitionName partition, long offset, CancellationToken cancellation);

    /// <summary>Nobody is behind in this partition any more.</summary>
    void Forget(TopicPartitionName partition);

    /// <summary>The claim was lost, or has to change: it is made anew where the partition is still ours.</summary>
    void Reclaim(TopicPartitionName partition);

    /// <summary>The offset that the next message will get. Throws <see cref="TomException"/> <see cref="TomFault.Unavailable"/>.</summary>
    /// <remarks>Not asked for by a time to come: a message whose producer's clock is wrong would pass for the end.</remarks>
    Task<long> EndAsync(TopicPartitionName partition, CancellationToken cancellation);

    /// <summary>The first offset whose message is not older than the time, or the end. Throws <see cref="TomException"/> <see cref="TomFault.Unavailable"/>.</summary>
    Task<long> OffsetAtAsync(TopicPartitionName partition, DateTimeOffset at, CancellationToken cancellation);
}

/// <summary>Records for a handler that is behind.</summary>
/// <param name="Records">In offset order; empty at the end of the partition.</param>
/// <param name="NextOffset">Where reading goes on.</param>
/// <param name="FirstOffset">Set where the broker does not have the offset that was asked for: the first one it has.</param>
public sealed record CatchUpRecords(ImmutableArray<MessageRecord> Records, long NextOffset, long? FirstOffset = null);
