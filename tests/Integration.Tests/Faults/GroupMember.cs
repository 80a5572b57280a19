using Confluent.Kafka;
using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>Another consumer of the silo's group: takes partitions from it and does nothing with them.</summary>
public sealed class GroupMember : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<int> _assigned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _polling;

    private GroupMember(IConsumer<Ignore, Ignore> consumer) => _polling = Task.Factory.StartNew(() => Poll(consumer), TaskCreationOptions.LongRunning);

    /// <summary>How many partitions it took.</summary>
    public Task<int> Assigned => _assigned.Task;

    public static GroupMember Join(FaultBroker kafka, string group, string topic)
    {
        GroupMember? member = null;
        var consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig
        {
            BootstrapServers = kafka.BootstrapServers,
            GroupId = group,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
            EnableAutoCommit = false,
            SessionTimeoutMs = 6_000,
        })
            .SetPartitionsAssignedHandler((_, partitions) => Volatile.Read(ref member)?.Took(partitions.Count))
            .SetLogHandler((_, _) => { })
            .Build();
        consumer.Subscribe(topic);
        Volatile.Write(ref member, new(consumer));
        return member;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _polling;
        _stop.Dispose();
    }

    private void Took(int partitions)
    {
        // The first round of a cooperative rebalance may give nothing yet.
        if (partitions > 0)
        {
            _assigned.TrySetResult(partitions);
        }
    }

    private void Poll(IConsumer<Ignore, Ignore> consumer)
    {
        using (consumer)
        {
            while (!_stop.IsCancellationRequested)
            {
                consumer.Consume(TimeSpan.FromMilliseconds(50));
            }

            consumer.Close();
        }
    }
}
