using System.Buffers;
using TomOrleans.Streams.Kafka.Sessions;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.Partitions;

/// <summary>
/// Takes what waits in a partition's buffer, at most <see cref="StreamSettings.MaxBatchRecords"/> and never waiting for more, and delivers it: one batch in flight, the same
/// batch again until it is done.
/// </summary>
internal sealed class BatchPump(
    PartitionLane lane, StreamContext context, RecordBuffer records, CancellationToken ending, CancellationToken abort)
{
    private readonly BackoffSchedule _backoff = BackoffSchedule.ForSink();
    private StreamRecord[] _taken = [];

    /// <returns>True when all was delivered and nothing more will come; false when the stay ended before.</returns>
    public async Task<bool> RunAsync()
    {
        while (await records.WaitAsync() && !ending.IsCancellationRequested && !context.Stop.IsCancellationRequested)
        {
            var (batch, bytes) = Take();
            if (await DeliverAsync(batch) is not { } slowest)
            {
                return false;
            }

            lane.Done(batch, bytes, Math.Min(slowest, batch.NextOffset));

            // Not where the delivery was cancelled: the sink may be at it still.
            ArrayPool<StreamRecord>.Shared.Return(_taken, clearArray: true);
        }

        return !ending.IsCancellationRequested && !context.Stop.IsCancellationRequested;
    }

    private (StreamBatch Batch, long Bytes) Take()
    {
        var most = (int)Math.Clamp(lane.InFlight, 1, context.Settings.MaxBatchRecords);
        _taken = ArrayPool<StreamRecord>.Shared.Rent(most);
        long bytes = 0;
        var count = 0;
        while (count < most && records.TryTake(out var record))
        {
            _taken[count++] = record;
            bytes += BufferBudget.SizeOf(record);
        }

        return (new StreamBatch(lane.Partition, new ArraySegment<StreamRecord>(_taken, 0, count), _taken[count - 1].Offset + 1), bytes);
    }

    /// <returns>Where the slowest handler is; null when this stay is over and the batch has no fate.</returns>
    private async Task<long?> DeliverAsync(StreamBatch batch)
    {
        while (true)
        {
            try
            {
                var slowest = await context.Sink.DeliverAsync(batch, abort);
                _backoff.Reset();
                lane.Wait(null);
                return slowest;
            }
            catch (ClaimLostException e)
            {
                context.Log.ClaimLost(context.Settings.Id, batch.Partition.Topic, batch.Partition.Partition, e.Message);
                context.Post(new SessionEvent.Reclaim(lane.Partition));
                return null;
            }
            catch (PartitionHeldException)
            {
                context.Post(new SessionEvent.Reclaim(lane.Partition));
                return null;
            }
            catch (Exception e)
            {
                if (ending.IsCancellationRequested)
                {
                    return null;
                }

                lane.Wait($"not delivered: {Reasons.Of(e)}");
                if (context.Gate.Admit($"deliver {batch.Partition.Topic}", out var held))
                {
                    context.Log.DeliveryFailed(e, context.Settings.Id, batch.Partition.Topic, batch.Partition.Partition, batch.Records[0].Offset, held);
                }

                await lane.PauseAsync(_backoff.Next());
                if (ending.IsCancellationRequested)
                {
                    return null;
                }
            }
        }
    }
}
