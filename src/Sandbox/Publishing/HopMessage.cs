using System.Text;

namespace TomOrleans.Sandbox.Publishing;

/// <summary>
/// One message as it lies on a HOPSKOTCH topic when Hermes published it. The header order is Hermes' own:
/// <c>topic</c>, <c>_id</c> (16 raw bytes of the UUID in RFC 4122 order), <c>_format</c>=<c>json</c>, <c>title</c>, <c>_sender</c>. No key.
/// </summary>
public sealed record HopMessage(string Topic, Guid Id, string Title, string Sender, ReadOnlyMemory<byte> Value)
{
    public IReadOnlyList<KeyValuePair<string, byte[]>> Headers { get; } =
    [
        new("topic", Encoding.UTF8.GetBytes(Topic)),
        new("_id", Id.ToByteArray(bigEndian: true)),
        new("_format", "json"u8.ToArray()),
        new("title", Encoding.UTF8.GetBytes(Title)),
        new("_sender", Encoding.UTF8.GetBytes(Sender)),
    ];
}

/// <summary>Where a message lies and the time the broker or producer gave it.</summary>
public readonly record struct PublishedAt(int Partition, long Offset, DateTimeOffset Timestamp);
