using System.Collections.Immutable;

namespace TomOrleans.Alerts;

/// <summary>A parked message with all that was kept of it.</summary>
[GenerateSerializer, Immutable, Alias("tom.parked-detail")]
public sealed record ParkedDetail
{
    [Id(0)] public required ParkedMessage Message { get; init; }

    /// <summary>In wire order; names may repeat.</summary>
    [Id(1)] public required ImmutableArray<ParkedHeader> Headers { get; init; }

    /// <summary>The record's value as it came.</summary>
    [Id(2)] public required ReadOnlyMemory<byte> Value { get; init; }

    /// <summary>
    /// The value for a person to read: JSON and Avro indented, with what is long shortened, XML and texts as they are, bytes as a hex dump of their start. Control
    /// characters are not escaped. Null where nothing is kept.
    /// </summary>
    [Id(3)] public string? Text { get; init; }

    /// <summary>How the bytes are understood now; null where none are kept.</summary>
    [Id(4)] public AlertFormat? Format { get; init; }

    /// <summary>What they say about targets and photometry, as decoded now; null where that is nothing.</summary>
    [Id(5)] public PhotometryReport? Report { get; init; }
}

/// <summary>A header for a person to read.</summary>
/// <param name="Name">Its name, as it came.</param>
/// <param name="Text">Its value as one line without control characters; bytes that are no text as <c>0x00ff</c>.</param>
[GenerateSerializer, Immutable, Alias("tom.parked-header")]
public sealed record ParkedHeader([property: Id(0)] string Name, [property: Id(1)] string Text);
