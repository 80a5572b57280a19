using System.Numerics;

namespace TomOrleans.Grains.Alerts.Latency;

/// <summary>
/// The scale of a latency histogram: steps of 64 us up to 2 ms, above it 16 steps an octave up to two years, so that a bucket's middle is at most 3.2 % off. Pure.
/// </summary>
public static class LatencyBuckets
{
    private const int UnitBits = 6;
    private const int StepBits = 4;
    private const int Steps = 1 << StepBits;
    private const int Linear = 2 * Steps;

    /// <summary>2^46 us, about two years: what took longer counts as this.</summary>
    private const int LargestBits = 46;

    public const int Count = Linear + ((LargestBits - UnitBits - StepBits - 1) * Steps);

    /// <param name="microseconds">0 or more.</param>
    public static int IndexOf(long microseconds)
    {
        var units = Math.Min(microseconds, (1L << LargestBits) - 1) >> UnitBits;
        if (units < Linear)
        {
            return (int)units;
        }

        var octave = BitOperations.Log2((ulong)units) - StepBits;
        return Linear + ((octave - 1) * Steps) + ((int)(units >> octave) & (Steps - 1));
    }

    /// <summary>The middle of a bucket [us].</summary>
    public static long MiddleOf(int index)
    {
        if (index < Linear)
        {
            return ((long)index << UnitBits) + (1 << (UnitBits - 1));
        }

        var octave = ((index - Linear) >> StepBits) + 1;
        var step = Steps + ((index - Linear) & (Steps - 1));
        return ((long)step << (octave + UnitBits)) + (1L << (octave + UnitBits - 1));
    }
}
