using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Storage.Control;
using TomOrleans.Storage.Cursors;

namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>Claims a partition for its handlers: their cursors, brought to where people ordered them and into what the broker has.</summary>
public sealed class LaneClaims(
    StreamCatalog catalog, CursorTable cursors, ControlTable control, HandlerLaneFactory lanes, HandlerLoads loads, IPartitionSource source, TimeProvider time)
{
    /// <summary>From here on a former owner's moves fail. Cursors that did not exist are durable when this returns. Safe to repeat.</summary>
    /// <param name="partition">Which.</param>
    /// <param name="facts">What the broker has of it.</param>
    /// <param name="owner">The silo's name.</param>
    public async Task<ImmutableArray<FanMember>> ClaimAsync(TopicPartitionName partition, PartitionFacts facts, string owner)
    {
        var handlers = catalog.Find(partition.Topic)?.Handlers ?? [];
        var orders = new TopicOrders(await control.ReadAsync(partition.Topic.Stream, partition.Topic.Topic));
        var rows = await cursors.ClaimAsync([.. handlers.Select(handler => new CursorClaim(
            new(partition.Topic.Stream, partition.Topic.Topic, partition.Partition, handler.Id), owner, facts.StartOffset, facts.ClusterId, facts.TopicId))]);
        if (rows.Any(row => row.NextOffset > facts.HighOffset))
        {
            // A former owner may have gone on after the broker was asked; now that it cannot any more, the end is one that a cursor of this topic cannot lie beyond.
            var end = await source.EndAsync(partition, CancellationToken.None);
            facts = facts with { HighOffset = Math.Max(facts.HighOffset, end) };
        }

        var members = ImmutableArray.CreateBuilder<FanMember>(handlers.Length);
        foreach (var handler in handlers)
        {
            var row = await FollowAsync(rows.Single(row => row.Key.Handler == handler.Id), orders, partition, facts);
            var lane = lanes.Create(partition, handler, row);
            await lane.Cursor.AlignAsync(facts);
            members.Add(new(lane, handler.Timeout, loads.Of(lane.Key), time, orders.PausedBy(handler.Id)));
        }

        return members.MoveToImmutable();
    }

    private async Task<CursorRow> FollowAsync(CursorRow row, TopicOrders orders, TopicPartitionName partition, PartitionFacts facts)
    {
        if (orders.SeekFor(row.Key.Handler, row.SeekMicroseconds) is not { } seek)
        {
            return row;
        }

        var goal = Math.Clamp(await GoalAsync(seek, partition, facts), facts.LowOffset, facts.HighOffset);
        return await cursors.SeekAsync(row.Key, row.OwnerEpoch, goal, seek.Microseconds)
            ? row with { NextOffset = goal, SeekMicroseconds = seek.Microseconds, LastMicroseconds = null }
            : throw new TomException(TomFault.Conflict, $"The cursor of {partition}/{row.Key.Handler} was claimed by another owner.");
    }

    private async Task<long> GoalAsync(SeekOrder seek, TopicPartitionName partition, PartitionFacts facts) => seek.To switch
    {
        SeekGoal.Earliest => facts.LowOffset,
        SeekGoal.Latest => facts.HighOffset,
        SeekGoal.Time => await source.OffsetAtAsync(partition, DateTimeOffset.UnixEpoch.AddMicroseconds(seek.Value), CancellationToken.None),
        _ => seek.Value,
    };
}
