using System.Collections.Immutable;

namespace TomOrleans.Alerts;

/// <summary>How a message's bytes were understood.</summary>
public enum AlertFormat
{
    /// <summary>Nothing fits: bytes.</summary>
    Bytes,

    /// <summary>UTF-8 text that is nothing more particular.</summary>
    Text,

    /// <summary>JSON that is not one of the formats below.</summary>
    Json,

    /// <summary>A Hermes message (JSON object with <c>title</c>, <c>submitter</c>, <c>data</c>).</summary>
    Hermes,

    /// <summary>XML that is not one of the formats below.</summary>
    Xml,

    /// <summary>A VOEvent in XML.</summary>
    VoEvent,

    /// <summary>A GCN circular: GCN's JSON (<c>circularId</c>), hop's (<c>header</c> and <c>body</c>), or as it is mailed.</summary>
    Circular,

    /// <summary>A GCN notice as lines <c>KEY: value</c>.</summary>
    GcnText,

    /// <summary>A GCN notice as a packet of 40 numbers, 160 bytes.</summary>
    GcnBinary,

    /// <summary>An Avro object container file, which holds its own schema; whether its records can be read is not known yet.</summary>
    AvroFile,

    /// <summary>What looks like an Avro record in Confluent's frame: a zero byte and the id of a schema that a registry keeps. Other bytes may begin so too.</summary>
    AvroFrame,

    /// <summary>An Avro record whose schema is the message's key.</summary>
    AvroDatum,

    /// <summary>HOPSKOTCH's stand-in for a message too large for its broker: the URL where the body is kept.</summary>
    External,
}

/// <summary>
/// A decoded message: identity, framing and content. Immutable; handlers of the same silo share one instance, so it must never be changed.
/// </summary>
[GenerateSerializer, Immutable, Alias("tom.alert")]
public sealed record Alert
{
    [Id(0)] public required MessageLocation Location { get; init; }

    /// <summary>The record's time [us since 1970, UTC].</summary>
    [Id(1)] public required long TimestampMicroseconds { get; init; }

    /// <summary>The hop message id: header <c>_id</c>, 16 raw bytes in RFC 4122 (big-endian) order; null when absent or of another length.</summary>
    [Id(2)] public Guid? MessageId { get; init; }

    /// <summary>Header <c>_sender</c>: the authenticated credential's name; null when absent.</summary>
    [Id(3)] public string? Sender { get; init; }

    [Id(4)] public required AlertFormat Format { get; init; }

    /// <summary>True when a <c>_test</c> header is present, whatever its value.</summary>
    [Id(5)] public bool IsTest { get; init; }

    /// <summary>As they came, in their order.</summary>
    [Id(11)] public required MessageHeaders Headers { get; init; }

    /// <summary>The record as it came; never changed.</summary>
    [Id(7)] public required ReadOnlyMemory<byte> Value { get; init; }

    /// <summary>Targets and photometry the message carries; null when its format carries none.</summary>
    [Id(8)] public PhotometryReport? Report { get; init; }

    /// <summary>Why the message could not be decoded; null when it could. Handlers never see an alert with a fault: it is parked.</summary>
    [Id(9)] public string? Fault { get; init; }

    /// <summary>The record's key as it came, never changed; empty where there is none.</summary>
    [Id(10)] public ReadOnlyMemory<byte> Key { get; init; }
}

/// <summary>Alerts of one partition in offset order, for one handler.</summary>
[GenerateSerializer, Immutable, Alias("tom.alert-batch")]
public sealed record AlertBatch([property: Id(0)] HandlerKey Handler, [property: Id(1)] ImmutableArray<Alert> Alerts)
{
    /// <summary>
    /// Which claim of the partition it comes by: another one after each start, seek, reload and change of owner. While it is the same, what comes again is the repetition of a batch that failed.
    /// 0 for a parked message that is tried again.
    /// </summary>
    [Id(2)] public long Claim { get; init; }
}
