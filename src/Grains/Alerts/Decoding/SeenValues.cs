using System.IO.Hashing;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>
/// Keeps what was made of short texts that come again and again, such as a target's row in each of its messages. Bounded, and a text is kept from its second coming on: what comes once
/// costs nothing. Safe to share between threads: a lost race costs one more reading.
/// </summary>
internal sealed class SeenValues<T>
{
    private const int Slots = 4096;
    private const int LongestBytes = 512;
    private readonly Entry?[] _entries = new Entry?[Slots];
    private readonly ulong[] _seenOnce = new ulong[Slots];

    /// <summary>True where the very same bytes were kept.</summary>
    public bool TryGet(ReadOnlySpan<byte> utf8, out T? value)
    {
        if (utf8.Length <= LongestBytes && _entries[XxHash3.HashToUInt64(utf8) % Slots] is { } entry && utf8.SequenceEqual(entry.Utf8))
        {
            value = entry.Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Takes note of what was made of the bytes. It must be immutable and depend on nothing else.</summary>
    public void Note(ReadOnlySpan<byte> utf8, T value)
    {
        if (utf8.Length > LongestBytes)
        {
            return;
        }

        var hash = XxHash3.HashToUInt64(utf8);
        if (_seenOnce[hash % Slots] == hash)
        {
            _entries[hash % Slots] = new(utf8.ToArray(), value);
        }

        _seenOnce[hash % Slots] = hash;
    }

    private sealed record Entry(byte[] Utf8, T Value);
}
