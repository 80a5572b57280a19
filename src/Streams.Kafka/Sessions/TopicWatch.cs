using Confluent.Kafka;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>Looks at the cluster's topics now and then, for the state that is shown; what is read follows librdkafka's own refresh. Also notices when brokers are back.</summary>
internal sealed class TopicWatch(StreamContext context, BrokerQueries broker, Func<bool> isUnreachable, Action reachable)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UnreachableInterval = TimeSpan.FromSeconds(1);

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
                await RefreshPausedAsync(ct);
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

    /// <summary>The end offset of a paused partition comes with no fetch.</summary>
    private async Task RefreshPausedAsync(CancellationToken ct)
    {
        var paused = context.Lanes.Values.Where(lane => lane.IsPaused).Select(lane => lane.Partition).ToList();
        var ends = await broker.OffsetsAsync(paused, Confluent.Kafka.Admin.OffsetSpec.Latest(), ct);
        foreach (var (partition, end) in ends)
        {
            if (context.Lanes.TryGetValue(partition, out var lane))
            {
                lane.HighOffset = Math.Max(lane.HighOffset, end);
            }
        }
    }
}
