using System.Text.Json;
using Orleans.Storage;

namespace TomOrleans.Silo.Hosting;

/// <summary>Grain state as plain JSON: no CLR names in it, members may come and go (docs/decisions/0003-state-serializer.md).</summary>
public sealed class JsonStateSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input));

    public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span)!;
}
