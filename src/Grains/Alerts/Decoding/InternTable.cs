using System.IO.Hashing;
using System.Text;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>
/// Gives the same string for the same short UTF-8 text, so that a million messages of one telescope hold its name once. Bounded: a text
/// that is not asked for gives way to one that is. Safe to share between threads: a lost race costs one more copy.
/// </summary>
internal sealed class InternTable
{
    private const int Slots = 4096;
    private const int LongestBytes = 96;

    /// <summary>Bands, telescopes, instruments, origins: few of them, on every row.</summary>
    public static readonly InternTable Words = new();

    /// <summary>Targets: kept apart, so that many of them cannot drive out the words.</summary>
    public static readonly InternTable Names = new();

    private readonly Entry?[] _entries = new Entry?[Slots];

    /// <summary>The text of valid UTF-8.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return "";
        }

        if (utf8.Length > LongestBytes)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        // Two places for each text; a new one takes the first, so the one asked for less recently goes.
        var place = (int)(XxHash3.HashToUInt64(utf8) % Slots);
        if (_entries[place] is { } first && utf8.SequenceEqual(first.Utf8))
        {
            return first.Text;
        }

        if (_entries[place ^ 1] is { } second && utf8.SequenceEqual(second.Utf8))
        {
            return second.Text;
        }

        var entry = new Entry(utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        _entries[place ^ 1] = _entries[place];
        _entries[place] = entry;
        return entry.Text;
    }

    private sealed record Entry(byte[] Utf8, string Text);
}
