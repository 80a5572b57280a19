using System.Text.Json;

namespace TomOrleans.Grains.Sharing.Kafka;

/// <summary>What is published with a message beside its bytes, read back from them.</summary>
/// <param name="Topic">Where it goes.</param>
/// <param name="Title">A header of Hermes'.</param>
/// <param name="Key">The submission's key, and the message's <c>_id</c>.</param>
/// <param name="Target">The first target: its messages stay in order in one partition, so that a revision is read after what it revises.</param>
internal sealed record KafkaEnvelope(string Topic, string Title, Guid Key, string? Target)
{
    public static KafkaEnvelope Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        var data = root.GetProperty("data");
        return new(
            root.GetProperty("topic").GetString()!,
            root.GetProperty("title").GetString()!,
            data.GetProperty("extra_data").GetProperty(Hermes.HermesMessage.ExtraDataName).GetProperty("submission").GetGuid(),
            data.TryGetProperty("targets", out var targets) && targets.GetArrayLength() > 0 ? targets[0].GetProperty("name").GetString() : null);
    }
}
