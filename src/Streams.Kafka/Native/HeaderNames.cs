namespace TomOrleans.Streams.Kafka.Native;

/// <summary>Gives the same array for the same names in the same order: the messages of a topic mostly have the same headers. One thread only.</summary>
internal sealed class HeaderNames
{
    private const int Slots = 64;
    private readonly string[]?[] _slots = new string[]?[Slots];

    public string[] Get(ReadOnlySpan<string> names)
    {
        var hash = new HashCode();
        foreach (var name in names)
        {
            hash.Add(name.Length == 0 ? 0 : (name.Length * 31) + name[^1]);
        }

        ref var slot = ref _slots[(uint)hash.ToHashCode() % Slots];
        return slot is not null && names.SequenceEqual(slot) ? slot : slot = names.ToArray();
    }
}
