using Confluent.Kafka;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>Looks at the cluster's topics now and then, for the state that is shown; what is read follows librdkafka's own refresh. Also notices when brokers are back.</summary>
internal sealed class TopicWatch(StreamContext context, BrokerQueries broker, Func<bool> isUnreachable, Action reachable)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UnreachableInterval = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, string> _topicIds = new(StringComparer.Ordinal);
    private Dictionary<PartitionRef, long> _positions = [];

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await PauseAsync(ct);
            if (ct.IsCancellationRequested)
            {
                return;
            }

            try
            {
                Show(context.Board, await broker.ReadTopicsAsync());
                reachable();
                await RefreshEndsAsync(ct);
                await CompareTopicIdsAsync(ct);
            }
            catch (Exception e) when (e is KafkaException or StreamUnavailableException or OperationCanceledException)
            {
                // Unreachable brokers show themselves by librdkafka's own events.
            }
        }
    }

    public static void Show(StreamBoard board, TopicCensus census)
    {
        board.Topics = census.Topics;
        board.ReplaceProblems("topic:", census.Problems);
    }

    /// <summary>Ten seconds, in steps of one so that an outage is noticed.</summary>
    private async Task PauseAsync(CancellationToken ct)
    {
        var left = Interval;
        do
        {
            await Task.Delay(UnreachableInterval, context.Time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            left -= UnreachableInterval;
        }
        while (left > TimeSpan.Zero && !isUnreachable() && !ct.IsCancellationRequested);
    }

    /// <summary>A topic that was deleted and made again keeps its name and takes other messages: its partitions are claimed anew, where the sink sees the other id.</summary>
    private async Task CompareTopicIdsAsync(CancellationToken ct)
    {
        var lanes = context.Lanes.Values.ToLookup(lane => lane.Partition.Topic, lane => lane.Partition);
        foreach (var (topic, id) in await broker.TopicIdsAsync([.. lanes.Select(partitions => partitions.Key)], ct))
        {
            if (_topicIds.TryGetValue(topic, out var known) && known != id)
            {
                context.Log.TopicMadeAgain(context.Settings.Id, topic);
                foreach (var partition in lanes[topic])
                {
                    context.Post(new SessionEvent.Reclaim(partition));
                }
            }

            _topicIds[topic] = id;
        }
    }

    /// <summary>Where nothing moves librdkafka's end offset is as old as its last fetch: of a paused partition, and of one that should be fetched and is not.</summary>
    private async Task RefreshEndsAsync(CancellationToken ct)
    {
        var still = context.Lanes.Values.Where(lane => lane.IsPaused || !_positions.TryGetValue(lane.Partition, out var last) || last == lane.Position).ToList();
        _positions = context.Lanes.Values.ToDictionary(lane => lane.Partition, lane => lane.Position);
        var ends = await broker.OffsetsAsync([.. still.Select(lane => lane.Partition)], Confluent.Kafka.Admin.OffsetSpec.Latest(), ct);
        context.Silence.Answered();
        foreach (var (partition, end) in ends)
        {
            if (context.Lanes.TryGetValue(partition, out var lane))
            {
                lane.HighOffset = Math.Max(lane.HighOffset, end);
            }
        }
    }
}
