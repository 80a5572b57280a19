using System.IO.Hashing;
using System.Text;

namespace TomOrleans.Bench.Raw;

/// <summary>R3's intern table: for one thread, a place a text, the newest wins.</summary>
internal sealed class LeanWords
{
    private const int Places = 1 << 16;
    private readonly (byte[] Utf8, string Text)[] _words = new (byte[], string)[Places];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        ref var word = ref _words[(int)(XxHash3.HashToUInt64(utf8) % Places)];
        if (word.Utf8 is null || !utf8.SequenceEqual(word.Utf8))
        {
            word = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        }

        return word.Text;
    }
}
