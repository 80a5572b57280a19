using TomOrleans.Security;

namespace TomOrleans.Alerts;

/// <summary>Publishes messages of one's own to a stream. Key: the stream's ID.</summary>
[Alias("tom.publisher")]
public interface IPublisherGrain : IGrainWithStringKey
{
    /// <summary>
    /// Returns when all replicas of the broker have the message. Repeating publishes it again, as another message. Throws <see cref="TomFault.NotFound"/> for a stream that is not
    /// configured or a topic that its account does not see, <see cref="TomFault.Invalid"/> for content that is not what its format says or is too large, and for streams that take
    /// no messages (GCN), <see cref="TomFault.Forbidden"/> where the broker says so, <see cref="TomFault.Unavailable"/> where it does not answer: the words say then whether it
    /// may have the message all the same.
    /// </summary>
    [Alias("publish"), AllowRole(TomRole.Sharer)]
    Task<PublishReceipt> PublishAsync(PublishRequest request);
}

[GenerateSerializer, Immutable, Alias("tom.publish-request")]
public sealed record PublishRequest
{
    /// <summary>The largest content [bytes]; brokers take 1,000,000 with all around it, unless told otherwise.</summary>
    public const int MaxBytes = 950_000;

    [Id(0)] public required string Topic { get; init; }
    [Id(1)] public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>hop-client's name of the format: <c>json</c>, <c>circular</c>, <c>voevent</c>, <c>avro</c>, <c>gcntextnotice</c> or <c>blob</c>. Null: told from the content.</summary>
    [Id(2)] public string? Format { get; init; }

    /// <summary>Marked as a test, which most readers skip.</summary>
    [Id(3)] public bool IsTest { get; init; }
}

/// <param name="Stream">The stream's ID.</param>
/// <param name="Topic">Where the message is.</param>
/// <param name="Id">Its <c>_id</c>.</param>
/// <param name="Format">What it was published as.</param>
[GenerateSerializer, Immutable, Alias("tom.publish-receipt")]
public sealed record PublishReceipt(
    [property: Id(0)] string Stream,
    [property: Id(1)] string Topic,
    [property: Id(2)] int Partition,
    [property: Id(3)] long Offset,
    [property: Id(4)] Guid Id,
    [property: Id(5)] string Format);
