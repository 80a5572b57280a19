using System.Collections.Immutable;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Latency;

/// <summary>
/// How long the messages of the last half to whole minute took from their record's time to their durable fate: two histograms in turn. Counting allocates nothing. Safe on any thread.
/// </summary>
public sealed class LatencyWindows(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private int[] _now = new int[LatencyBuckets.Count];
    private int[] _before = new int[LatencyBuckets.Count];
    private long _since = time.GetTimestamp();

    /// <summary>These have a durable fate just now. Records without a time, and those from the future, do not count.</summary>
    /// <returns>The longest latency of them [us]; -1 where none counts.</returns>
    public long Add(ImmutableArray<Alert> alerts)
    {
        var now = Clock.Microseconds(time);
        var longest = -1L;
        lock (_gate)
        {
            Turn();
            foreach (var alert in alerts)
            {
                var latency = now - alert.TimestampMicroseconds;
                if (alert.TimestampMicroseconds > 0 && latency >= 0)
                {
                    _now[LatencyBuckets.IndexOf(latency)]++;
                    longest = Math.Max(longest, latency);
                }
            }
        }

        return longest;
    }

    /// <summary>The buckets that are not empty, from short to long.</summary>
    public ImmutableArray<LatencyCount> Read()
    {
        var counts = ImmutableArray.CreateBuilder<LatencyCount>();
        lock (_gate)
        {
            Turn();
            for (var index = 0; index < LatencyBuckets.Count; index++)
            {
                if (_now[index] + _before[index] is var count and > 0)
                {
                    counts.Add(new(LatencyBuckets.MiddleOf(index), count));
                }
            }
        }

        return counts.DrainToImmutable();
    }

    private void Turn()
    {
        var age = time.GetElapsedTime(_since);
        if (age < Window)
        {
            return;
        }

        (_now, _before) = (_before, _now);
        Array.Clear(_now);
        if (age >= 2 * Window)
        {
            Array.Clear(_before);
        }

        _since = time.GetTimestamp();
    }
}
