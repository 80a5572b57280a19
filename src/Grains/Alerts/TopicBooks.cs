using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Latency;
using TomOrleans.Grains.Alerts.Replays;
using TomOrleans.Storage.Cursors;

namespace TomOrleans.Grains.Alerts;

/// <summary>Puts a topic's status together from its cursors (durable) and the silos' reports (of this moment). Pure.</summary>
public static class TopicBooks
{
    public static TopicStatus Of(
        TopicName name,
        ImmutableArray<HandlerDefinition> handlers,
        IReadOnlyList<CursorRow> rows,
        IReadOnlyDictionary<int, (string Silo, PartitionReport Report)> reports,
        ImmutableArray<LatencyReport> latencies)
    {
        // A handler that is not configured any more is not behind: nobody reads for it.
        var read = rows.Where(row => handlers.Any(handler => handler.Id == row.Key.Handler)).ToArray();
        var partitions = rows.Select(row => row.Key.Partition).Concat(reports.Keys).Distinct().Order()
            .Select(partition => PartitionOf(partition, read, reports)).ToImmutableArray();
        var known = handlers.Select(handler => handler.Id)
            .Concat(rows.Select(row => row.Key.Handler).Where(handler => !ReplayNames.IsReplay(handler)).Order(StringComparer.Ordinal)).Distinct();
        var statuses = known.Select(handler => HandlerOf(
            handler, handlers.Any(definition => definition.Id == handler), [.. rows.Where(row => row.Key.Handler == handler)], reports) with
        {
            Latency = LatencyQuantiles.Of(latencies.Where(report => report.Handler == handler).SelectMany(report => report.Counts)),
        }).ToImmutableArray();
        return new()
        {
            Name = name,
            Consumed = statuses.IsEmpty ? 0 : statuses.Max(status => status.Books.Consumed),
            Partitions = partitions,
            Handlers = statuses,
            LastMessageMicroseconds = partitions.Max(partition => partition.LastMessageMicroseconds),
            UsualGapMicroseconds = UsualGap(reports.Values.Select(owner => owner.Report.UsualGapMicroseconds)),
            Heartbeat = reports.Values.Select(owner => owner.Report.Heartbeat).OfType<string>().MaxBy(HeartbeatRank),
        };
    }

    private static int HeartbeatRank(string state) => state.StartsWith("failing", StringComparison.Ordinal) ? 2 : state.StartsWith("silent", StringComparison.Ordinal) ? 1 : 0;

    /// <summary>Partitions side by side have the sum of their rates.</summary>
    private static long? UsualGap(IEnumerable<long?> gaps)
    {
        var rate = gaps.OfType<long>().Sum(gap => 1.0 / Math.Max(1, gap));
        return rate > 0 ? (long)Math.Round(1 / rate) : null;
    }

    private static PartitionStatus PartitionOf(
        int partition, IReadOnlyList<CursorRow> rows, IReadOnlyDictionary<int, (string Silo, PartitionReport Report)> reports)
    {
        var here = rows.Where(row => row.Key.Partition == partition).ToArray();
        var furthest = here.Select(row => row.NextOffset).DefaultIfEmpty(0).Max();
        if (!reports.TryGetValue(partition, out var owner))
        {
            return new() { Partition = partition, Position = furthest, Lag = 0, Waiting = "no silo reads it just now" };
        }

        return new()
        {
            Partition = partition,
            // Not read just now, as when it is paused: where reading will go on.
            Position = owner.Report.Position >= 0 ? owner.Report.Position : furthest,
            Lag = LagOf(here, owner.Report),
            Silo = owner.Silo,
            LastMessageMicroseconds = owner.Report.LastMessageMicroseconds,
            Waiting = owner.Report.Waiting,
        };
    }

    /// <summary>From the slowest cursor to the end; none where all are done but for transaction markers, beyond which no cursor moves.</summary>
    private static long LagOf(CursorRow[] cursors, PartitionReport report) =>
        cursors.Length > 0 && cursors.All(row => LaneStanding.Of(row, report) is { InFlight: 0, Behind: 0 })
            ? 0
            : Math.Max(0, report.HighOffset - cursors.Select(row => row.NextOffset).DefaultIfEmpty(report.Position).Min());

    private static HandlerStatus HandlerOf(
        string handler, bool isConfigured, CursorRow[] rows, IReadOnlyDictionary<int, (string Silo, PartitionReport Report)> reports)
    {
        var inFlight = 0L;
        var behind = 0L;
        var states = new List<string>();
        foreach (var row in rows)
        {
            if (reports.TryGetValue(row.Key.Partition, out var owner))
            {
                var stand = LaneStanding.Of(row, owner.Report);
                inFlight += stand.InFlight;
                behind += stand.Behind;
                states.Add(stand.State);
            }
        }

        return new()
        {
            Handler = handler,
            State = isConfigured ? LaneStanding.Worst(states) : "stopped: no longer configured",
            Books = new()
            {
                Consumed = rows.Sum(row => row.Consumed) + inFlight,
                Handled = rows.Sum(row => row.Handled),
                Ignored = rows.Sum(row => row.Ignored),
                Parked = rows.Sum(row => row.Parked),
                Dropped = rows.Sum(row => row.Dropped),
                InFlight = inFlight,
                Behind = behind,
                Lost = rows.Sum(row => row.Lost),
            },
        };
    }
}
