using TomOrleans.Streams.Kafka.Sessions;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.Partitions;

/// <summary>Claims a partition from the sink for one stay of it: again and again, until it succeeds or the stay ends.</summary>
internal sealed class PartitionClaiming(PartitionLane lane, StreamContext context, Func<CancellationToken, Task<PartitionFacts>> facts, CancellationToken ending)
{
    private static readonly TimeSpan ClaimLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HeldLimit = TimeSpan.FromSeconds(30);

    private readonly BackoffSchedule _backoff = BackoffSchedule.ForSink();
    private string? _held;

    private PartitionRef Partition => lane.Partition;

    /// <returns>Where to read from, and the end of the partition; null when the stay ended before.</returns>
    public async Task<(long Offset, long HighOffset)?> RunAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                return await ClaimAsync();
            }
            catch (PartitionHeldException e)
            {
                _backoff.Reset();
                Hold(e.Message);
                await lane.PauseAsync(HeldLimit);
            }
            catch (Exception e) when (!ending.IsCancellationRequested)
            {
                Fail(e);
                await lane.PauseAsync(_backoff.Next());
            }
            catch (Exception)
            {
                // The stay ended over it: somebody else's claim is next.
            }
        }

        return null;
    }

    private async Task<(long Offset, long HighOffset)> ClaimAsync()
    {
        using var limit = new CancellationTokenSource(ClaimLimit, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ending);
        var found = await facts(either.Token);
        var wanted = await context.Sink.ClaimAsync(Partition, found, either.Token);
        if (wanted > found.HighOffset)
        {
            // Produced and handled elsewhere since the broker was asked, or beyond what it has: asked anew, it tells which.
            found = await facts(either.Token);
        }

        var offset = StartOffset.Clamp(wanted, found, out var problem);
        if (problem is not null)
        {
            context.Log.OffsetMoved(context.Settings.Id, Partition.Topic, Partition.Partition, problem);
            context.Board.SetProblem($"offset:{Partition}", $"{Partition}: {problem}");
        }

        return (offset, found.HighOffset);
    }

    private void Hold(string reason)
    {
        lane.Wait(reason);
        lane.Tried();
        if (_held != reason)
        {
            _held = reason;
            context.Log.PartitionHeld(context.Settings.Id, Partition.Topic, Partition.Partition, reason);
            context.Board.Touch();
        }
    }

    private void Fail(Exception fault)
    {
        _held = null;
        lane.Wait($"cannot be claimed: {Reasons.Of(fault)}");
        lane.Tried();
        if (context.Gate.Admit($"claim {Partition.Topic}", out var left))
        {
            context.Log.ClaimFailed(fault, context.Settings.Id, Partition.Topic, Partition.Partition, left);
        }
    }
}
