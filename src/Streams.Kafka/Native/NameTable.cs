using System.Text;

namespace TomOrleans.Streams.Kafka.Native;

/// <summary>Gives the same string for the same UTF-8 text. Bounded: a new text takes the place of another that has its hash. One thread only.</summary>
internal sealed class NameTable
{
    private const int Slots = 256;
    private const int LongestBytes = 256;
    private readonly (byte[] Utf8, string Text)[] _slots = new (byte[], string)[Slots];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestBytes)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        ref var slot = ref _slots[Hash(utf8) % Slots];
        if (slot.Utf8 is null || !utf8.SequenceEqual(slot.Utf8))
        {
            slot = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        }

        return slot.Text;
    }

    /// <summary>FNV-1a: names are short.</summary>
    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261;
        foreach (var one in utf8)
        {
            hash = (hash ^ one) * 16777619;
        }

        return hash;
    }
}
