using TomOrleans.Alerts;
using TomOrleans.Storage.Cursors;

namespace TomOrleans.Grains.Alerts;

/// <summary>How a handler stands in one partition, from its cursor (durable) and the owner's last report, as far as the two fit together. Pure.</summary>
/// <param name="State">As in <see cref="HandlerStatus.State"/>.</param>
/// <param name="InFlight">Messages read for it that have no durable fate yet.</param>
/// <param name="Behind">Messages not read for it yet.</param>
public readonly record struct LaneStanding(string State, long InFlight, long Behind)
{
    /// <summary>From bad to good: the first one that some partition shows is the handler's.</summary>
    private static readonly string[] FromWorst = ["failing", "waiting", "stopped", "behind"];

    public static LaneStanding Of(CursorRow cursor, PartitionReport report)
    {
        var lane = report.Lanes.FirstOrDefault(lane => lane.Handler == cursor.Key.Handler);
        var state = lane?.State ?? "live";
        if (state == "live")
        {
            // The live reader reads for it, beyond its cursor.
            return new(
                report.Waiting is { } waiting ? $"waiting: {waiting}" : state,
                Math.Clamp(report.Position - cursor.NextOffset, 0, report.InFlight),
                Math.Max(0, report.HighOffset - Math.Max(report.Position, cursor.NextOffset)));
        }

        var inHand = lane!.NextOffset == cursor.NextOffset ? lane.InHand : 0;
        return new(state, inHand, Math.Max(0, report.HighOffset - cursor.NextOffset - inHand));
    }

    /// <summary>The state of a handler that stands so in its partitions.</summary>
    public static string Worst(IReadOnlyCollection<string> states) =>
        FromWorst.Select(kind => states.FirstOrDefault(state => state.StartsWith(kind, StringComparison.Ordinal))).FirstOrDefault(state => state is not null) ?? "live";
}
