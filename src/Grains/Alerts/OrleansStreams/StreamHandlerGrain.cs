using Orleans.Concurrency;
using Orleans.Streams;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.OrleansStreams;

/// <summary>
/// Handler <c>stream</c>: hands the alerts, in their order, to the Orleans stream of their partition. Handled means that the stream's queue has them, in memory: what becomes of them at
/// the subscribers nobody tells us. After a fault they are handed over again.
/// </summary>
[GrainType("stream-handler"), StatelessWorker(1)]
public sealed class StreamHandlerGrain(IHandlerOptions options, IClusterClient cluster, StreamAllowance allowance) : Grain, IAlertHandler
{
    public const string Name = "stream";

    public const string NamespaceKey = "NAMESPACE";

    private const int MostAtOnce = 100;
    private const long MostBytesAtOnce = 256 << 10;

    public async Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        var partition = batch.Handler.Partition;
        var name = options.Of(batch.Handler).GetValueOrDefault(NamespaceKey) ?? partition.Topic.Topic;
        var stream = cluster.GetStreamProvider(AlertStreams.Provider).GetAlerts(name, partition.Partition);
        var verdicts = new List<Verdict>(batch.Alerts.Length);
        while (verdicts.Count < batch.Alerts.Length)
        {
            var next = verdicts.Count;
            if (SizeOf(batch.Alerts[next]) > AlertQueues.LargestAlert)
            {
                verdicts.Add(Verdict.Parked($"{batch.Alerts[next].Value.Length:N0} bytes are too many for an Orleans stream: at most {AlertQueues.LargestAlert:N0} with its key"));
                continue;
            }

            var count = Fitting(batch.Alerts.AsSpan()[next..], out var bytes);
            await allowance.TakeAsync(bytes);
            await HandOverAsync(stream, batch.Alerts.AsSpan().Slice(next, count).ToArray());
            verdicts.AddRange(Enumerable.Repeat(Verdict.Handled, count));
        }

        return new([.. verdicts]);
    }

    private static async Task HandOverAsync(IAsyncStream<Alert> stream, Alert[] alerts)
    {
        try
        {
            await stream.OnNextBatchAsync(alerts);
        }
        catch (Exception fault) when (fault is not (OrleansException or TimeoutException or OperationCanceledException))
        {
            // Its queue is full, or a silo ended: never the alerts' fault.
            throw new TomException(TomFault.Unavailable, $"the Orleans stream takes nothing just now: {OneLine.Of(fault.Message)}", fault);
        }
    }

    private static int Fitting(ReadOnlySpan<Alert> alerts, out long bytes)
    {
        bytes = 0;
        var count = 0;
        while (count < alerts.Length && count < MostAtOnce && SizeOf(alerts[count]) is var size && size <= AlertQueues.LargestAlert && (count == 0 || bytes + size <= MostBytesAtOnce))
        {
            bytes += size;
            count++;
        }

        return count;
    }

    private static long SizeOf(Alert alert) => alert.Value.Length + alert.Key.Length;
}
