using System.Numerics;
using TomOrleans.Sandbox.Publishing;
using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.Sandbox.Hermes.Archive;

/// <summary>A published message as the SCiMMA archive shows it: <c>metadata</c>, <c>annotations</c>, <c>message</c>.</summary>
internal sealed class ArchivedMessage
{
    private ArchivedMessage(WireObject shown) => Shown = shown;

    /// <summary>The entry as it is answered and as it stands in the archive file. Changed only by <see cref="Retract"/>.</summary>
    public WireObject Shown { get; }

    public Guid Id => Guid.Parse((string)Annotations["con_text_uuid"]!);

    public string Topic => (string)Metadata["topic"]!;

    /// <summary>[ms since 1970, UTC]</summary>
    public long Timestamp => (long)(BigInteger)Metadata["timestamp"]!;

    public bool IsRetracted => (bool)Annotations["retracted"]!;

    private WireObject Metadata => (WireObject)Shown["metadata"]!;

    private WireObject Annotations => (WireObject)Shown["annotations"]!;

    public static ArchivedMessage Of(HopMessage hop, PublishedAt at, WireObject message)
    {
        var id = hop.Id.ToString();
        BigInteger size = hop.Value.Length;
        return new ArchivedMessage(new WireObject
        {
            ["metadata"] = new WireObject
            {
                ["topic"] = hop.Topic,
                ["timestamp"] = (BigInteger)at.Timestamp.ToUnixTimeMilliseconds(),
                ["headers"] = new WireObject
                {
                    ["topic"] = hop.Topic,
                    ["_id"] = id,
                    ["_format"] = "json",
                    ["title"] = hop.Title,
                    ["_sender"] = hop.Sender,
                },
                ["partition"] = (BigInteger)at.Partition,
                ["offset"] = (BigInteger)at.Offset,
                ["key"] = null,
            },
            ["annotations"] = new WireObject
            {
                ["con_message_size"] = size,
                ["con_text_uuid"] = id,
                ["crc32"] = BigInteger.Zero,
                ["public"] = true,
                ["retracted"] = false,
                ["size"] = size,
            },
            ["message"] = Finite(message),
        });
    }

    public static ArchivedMessage Of(WireObject line) => new(line);

    public void Retract(bool retracted) => Annotations["retracted"] = retracted;

    // JSON has no words for them, and one such message must not spoil every answer of the archive.
    private static object? Finite(object? value) => value switch
    {
        double number when !double.IsFinite(number) => null,
        WireList list => new WireList(list.Select(Finite)),
        WireObject members => Finite(members),
        _ => value,
    };

    private static WireObject Finite(WireObject members)
    {
        var result = new WireObject();
        foreach (var (name, value) in members)
        {
            result[name] = Finite(value);
        }

        return result;
    }
}
