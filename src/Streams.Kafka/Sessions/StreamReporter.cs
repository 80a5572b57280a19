using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>Tells the sink each second, and at once on a change, how the stream is.</summary>
internal sealed class StreamReporter(StreamContext context)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await ReportAsync();
            using var wait = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var tick = Task.Delay(Interval, context.Time, wait.Token);
            var change = context.Board.ChangedAsync(wait.Token);
            await Task.WhenAny(tick, change);
            await wait.CancelAsync();
            await change.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task ReportAsync()
    {
        var farewells = context.Farewells.ToArray();
        try
        {
            using var limit = new CancellationTokenSource(Limit, context.Time);
            await context.Sink.ReportAsync(Snapshot(farewells.Select(farewell => farewell.Value)), limit.Token);
            foreach (var farewell in farewells)
            {
                context.Farewells.TryRemove(farewell);
            }
        }
        catch (Exception e)
        {
            if (context.Gate.Admit("report", out var held))
            {
                context.Log.ReportFailed(e, context.Settings.Id, held);
            }
        }
    }

    private StreamSnapshot Snapshot(IEnumerable<PartitionSnapshot> farewells) => new(
        context.State,
        context.Board.Topics,
        context.Board.Problems,
        [.. context.Lanes.Values.Select(lane => lane.Snapshot()).Concat(farewells)
            .OrderBy(partition => partition.Partition.Topic, StringComparer.Ordinal).ThenBy(partition => partition.Partition.Partition)]);
}
