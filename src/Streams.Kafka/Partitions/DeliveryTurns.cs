using System.Diagnostics.CodeAnalysis;

namespace TomOrleans.Streams.Kafka.Partitions;

/// <summary>
/// How many partitions of a stream begin a delivery at a time, in the order in which they ask. All at once they would take turns on the few cores all the same, but in small batches, and with all
/// that was read decoded, alive and in no cache. Nobody waits for a slow one: a delivery that outlasts its turn, as one that waits for a handler, leaves its place, and the next of that partition
/// needs none.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Its semaphore has no wait handle that would have to be freed.")]
internal sealed class DeliveryTurns(int places, TimeProvider time)
{
    /// <summary>Longer than the work of a batch on a busy machine.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _places = new(places);

    /// <summary>Enough that no core is idle while deliveries wait for each other's targets.</summary>
    public static int UsualPlaces => 4 * Math.Max(2, Environment.ProcessorCount);

    /// <summary>Returns when there is a place, for which <see cref="Occupy"/> or <see cref="Leave"/> must be called.</summary>
    public Task WaitAsync(CancellationToken cancellation) => _places.WaitAsync(cancellation);

    public void Leave() => _places.Release();

    /// <summary>The place is free again when the delivery has ended, and at the latest when its turn is over.</summary>
    public async void Occupy(Task delivery)
    {
        await delivery.WaitAsync(Longest, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Leave();
    }
}
