using System.Runtime.CompilerServices;

namespace TomOrleans.Sandbox.Sky;

/// <summary>
/// Reproducible chance without state: the same key gives the same numbers on every machine, in any order of asking.
/// The mixing function is SplitMix64's (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
/// </summary>
internal readonly record struct Chance(ulong Key)
{
    /// <summary>The chance of a part: a target's, a visit's, a row's.</summary>
    public Chance Of(long part) => new(Mix(Key ^ Mix((ulong)part + 0x9E3779B97F4A7C15)));

    /// <summary>Evenly in [0, 1). <paramref name="draw"/> tells several draws of one key apart.</summary>
    public double Uniform(int draw) => (Bits(draw) >> 11) * (1.0 / (1UL << 53));

    public double Uniform(int draw, double from, double to) => from + ((to - from) * Uniform(draw));

    /// <summary>From the normal distribution of mean 0 and deviation 1 (Box and Muller 1958, doi:10.1214/aoms/1177706645).</summary>
    public double Normal(int draw) =>
        Math.Sqrt(-2 * Math.Log(1 - Uniform(2 * draw))) * Math.Cos(2 * Math.PI * Uniform((2 * draw) + 1));

    public T Pick<T>(int draw, IReadOnlyList<T> from) => from[(int)(Uniform(draw) * from.Count)];

    /// <summary>128 bits in the form of a random UUID.</summary>
    public Guid Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        Unsafe.WriteUnaligned(ref bytes[0], Bits(-1));
        Unsafe.WriteUnaligned(ref bytes[8], Bits(-2));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private ulong Bits(int draw) => Mix(Key + (0x9E3779B97F4A7C15 * (ulong)(draw + 3)));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
