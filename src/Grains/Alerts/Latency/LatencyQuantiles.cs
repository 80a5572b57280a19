using System.Collections.Immutable;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Latency;

/// <summary>Puts histograms of several silos together. Pure.</summary>
public static class LatencyQuantiles
{
    /// <summary>Null where nothing was counted.</summary>
    public static HandlerLatency? Of(IEnumerable<LatencyCount> counts)
    {
        var sorted = counts.OrderBy(count => count.Microseconds).ToImmutableArray();
        var total = sorted.Sum(count => count.Messages);
        return total == 0 ? null : new(At(sorted, total, 0.50), At(sorted, total, 0.99));
    }

    /// <summary>The latency that this share of the messages did not exceed [ms].</summary>
    private static double At(ImmutableArray<LatencyCount> sorted, long total, double share)
    {
        var rank = (long)Math.Ceiling(share * total);
        foreach (var count in sorted)
        {
            rank -= count.Messages;
            if (rank <= 0)
            {
                return count.Microseconds / 1000.0;
            }
        }

        throw new InvalidOperationException("the counts do not add up to their total");
    }
}
