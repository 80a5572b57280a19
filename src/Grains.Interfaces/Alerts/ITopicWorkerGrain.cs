using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TomOrleans.Alerts;

/// <summary>
/// The data plane of a topic: one worker a partition, always in the silo that owns the partition. Decodes each record once and hands the alerts to the topic's handlers.
/// Key <see cref="TopicPartitionName"/>. Called by that silo's stream consumer only.
/// </summary>
[Alias("tom.topic-worker")]
public interface ITopicWorkerGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes the partition over: claims the cursor of every handler (from here on a former owner's moves fail) and answers where to read on.
    /// Cursors that did not exist are durable when this returns. Safe to repeat.
    /// </summary>
    [Alias("claim")]
    Task<PartitionClaim> ClaimAsync(PartitionFacts facts);

    /// <summary>
    /// Has the batch handled by every live handler of the topic. When it returns, each message has a durable fate with each of them and their cursors stand at
    /// <see cref="RecordBatch.NextOffset"/>; handlers that were let go have it before them. Answers the lowest cursor of all. Safe to repeat: what lies below a cursor is skipped. Throws
    /// <see cref="TomException"/> <see cref="TomFault.Conflict"/> when the partition is not, or no longer, claimed by this worker (the caller claims again), anything else when something of ours failed (the caller
    /// waits and repeats).
    /// </summary>
    [Alias("deliver"), ResponseTimeout("1.00:00:00")]
    Task<long> DeliverAsync(RecordBatch batch);

    /// <summary>Gives the partition up: nothing is moved after this returns until the next claim. Waits for no handler. Safe to repeat.</summary>
    [Alias("release"), AlwaysInterleave]
    Task ReleaseAsync();
}

/// <summary>What the stream consumer knows about a partition when it gets it.</summary>
[GenerateSerializer, Immutable, Alias("tom.partition-facts")]
public sealed record PartitionFacts
{
    /// <summary>First offset that the broker still has.</summary>
    [Id(0)] public required long LowOffset { get; init; }

    /// <summary>Offset that the next produced message will get.</summary>
    [Id(1)] public required long HighOffset { get; init; }

    /// <summary>What START_POSITION means here, resolved to an offset; used where a handler has no cursor yet.</summary>
    [Id(2)] public required long StartOffset { get; init; }

    /// <summary>Names the broker that the offsets belong to; null when it is unknown. Cursors of another cluster do not count.</summary>
    [Id(3)] public string? ClusterId { get; init; }

    /// <summary>The topic's id where the broker says; a topic that was deleted and made again has another one. Null when unknown.</summary>
    [Id(4)] public string? TopicId { get; init; }
}

/// <summary>Where the live reader starts, and what each handler has behind it.</summary>
/// <param name="NextOffset">The furthest cursor of a handler that is not paused, or one less: the message before a cursor has to prove that it is the same topic still.</param>
/// <param name="Cursors">Of all handlers.</param>
/// <param name="Held">Why nothing is to be read: every handler is paused, and by whom. Null otherwise.</param>
[GenerateSerializer, Immutable, Alias("tom.partition-claim")]
public sealed record PartitionClaim(
    [property: Id(0)] long NextOffset, [property: Id(1)] ImmutableArray<HandlerCursor> Cursors, [property: Id(2)] string? Held = null);

/// <summary>The cursor of one handler in one partition.</summary>
[GenerateSerializer, Immutable, Alias("tom.handler-cursor")]
public readonly record struct HandlerCursor([property: Id(0)] string Handler, [property: Id(1)] long NextOffset);
