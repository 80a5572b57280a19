using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TomOrleans.Bench.Broker;
using TomOrleans.Bench.Load;
using TomOrleans.Bench.Measuring;
using TomOrleans.Grains.Alerts;
using TomOrleans.Silo.Configuration;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Targets;
using TomOrleans.Storage.Writing;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Bench.Toms;

/// <summary>
/// Several silos in this process that are one cluster on a PostgreSQL database and read one topic as one consumer group. On one machine they have no more processors than one silo: what is seen is what it costs that
/// targets live elsewhere than their messages are read.
/// </summary>
/// <param name="server">A PostgreSQL server.</param>
/// <param name="silos">How many.</param>
/// <param name="durable">False to keep points and cursors in memory.</param>
internal sealed class ClusterTom(KafkaBroker broker, LoadTopic load, string server, int silos, bool durable)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>From the first message, which is handled only when every silo has its share of the partitions, to the last.</summary>
    public async Task<Measurement> RunAsync()
    {
        await using var store = await Store.PostgreSqlAsync(server);
        await KnownTargets.CreateAsync(store, load.Targets);
        var memory = new MemoryWriter(keepPoints: true);
        memory.Reserve(durable ? 0 : load.Targets.Count, (int)(load.Rows / load.Targets.Count));
        var end = new SharedEnd(load.Messages, silos, load.Partitions);
        var (toms, consumers) = (new List<BenchTom>(), new List<StreamConsumer>());
        var group = $"bench-{Guid.NewGuid():N}";
        try
        {
            for (var number = 1; number <= silos; number++)
            {
                var configuration = BenchConfiguration.Of(broker, load.Name, Path.Combine(store.Path, $"{number}"));
                configuration = configuration with
                {
                    Cluster = configuration.Cluster with { Kind = ClusterKind.PostgreSql, Name = $"silo-{number}", Connection = new Secret(store.ConnectionString!) },
                };
                var tom = await BenchTom.StartAsync(configuration, store.Database, durable ? null : services => services.AddSingleton<IIngestWriter>(memory));
                toms.Add(tom);
                var stream = BenchConfiguration.StreamOf(configuration, broker);
                var sink = new SharedSink(ActivatorUtilities.CreateInstance<GrainStreamSink>(tom.Services, stream), end);
                consumers.Add(new(stream.Settings with { GroupId = group }, sink, tom.Services.GetRequiredService<ILogger<StreamConsumer>>(), TimeProvider.System));
            }

            await KnownTargets.ActivateAsync(toms[0], load.Targets);
            await Task.WhenAll(consumers.Select(consumer => consumer.StartAsync(CancellationToken.None)));
            var measured = await end.MeasuredAsync(Patience);
            await CheckAsync(toms[0], memory);
            return measured;
        }
        finally
        {
            foreach (var consumer in consumers)
            {
                await consumer.DisposeAsync();
            }

            foreach (var tom in toms)
            {
                await tom.DisposeAsync();
            }
        }
    }

    private async Task CheckAsync(BenchTom tom, MemoryWriter memory)
    {
        var rows = await tom.Services.GetRequiredService<CursorTable>().ReadAllAsync();
        var shares = rows.CountBy(row => row.Owner).Select(share => share.Value).ToArray();
        if (shares.Length != silos || shares.Max() - shares.Min() > 1)
        {
            throw new BenchException($"{load.Partitions} partitions were not shared evenly by {silos} silos: {string.Join(", ", shares)}.");
        }

        if (!durable)
        {
            Books.Check(load.Messages, "hermes", [.. memory.Cursors.Values.Select(cursor => (cursor.NextOffset, cursor.Consumed, cursor.Handled, cursor.Ignored, (long)cursor.Parked.Count))]);
            Books.CheckPoints(load, load.Targets.Count, memory.CountPoints());
            return;
        }

        Books.Check(load.Messages, "hermes", [.. rows.Select(row => (row.NextOffset, row.Consumed, row.Handled, row.Ignored, row.Parked))]);
        var (targets, points) = await tom.Services.GetRequiredService<TargetTable>().CountAsync();
        Books.CheckPoints(load, targets, points);
    }

    /// <summary>What the sinks of all silos have in common: the gate before the first message, and the end.</summary>
    private sealed class SharedEnd(long messages, int silos, int partitions)
    {
        private readonly TaskCompletionSource<Measurement> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Dictionary<SharedSink, HashSet<PartitionRef>> _held = [];
        private readonly Lazy<Meter> _start = new(Meter.Read);
        private long _delivered;
        private long _batches;

        public Task Open => _open.Task;

        public Task<Measurement> MeasuredAsync(TimeSpan patience) => _done.Task.WaitAsync(patience);

        public void Hold(SharedSink sink, PartitionRef partition, bool holds)
        {
            lock (_held)
            {
                if (!_held.TryGetValue(sink, out var own))
                {
                    _held.Add(sink, own = []);
                }

                _ = holds ? own.Add(partition) : own.Remove(partition);
                if (_held.Count == silos && _held.Values.Sum(held => held.Count) == partitions && _held.Values.All(held => held.Count >= partitions / silos))
                {
                    _open.TrySetResult();
                }
            }
        }

        public Meter Begin() => _start.Value;

        public void Delivered(int count)
        {
            var batches = Interlocked.Increment(ref _batches);
            if (Interlocked.Add(ref _delivered, count) == messages)
            {
                _done.TrySetResult(_start.Value.Until(Meter.Read(), messages) with { Batches = batches });
            }
        }
    }

    private sealed class SharedSink(IStreamSink inner, SharedEnd end) : IStreamSink
    {
        public Task PrepareAsync(IReadOnlyList<PartitionRef> matching, IOffsetResolver resolver, string? clusterId, CancellationToken ct) =>
            inner.PrepareAsync(matching, resolver, clusterId, ct);

        public async Task<long> ClaimAsync(PartitionRef partition, PartitionFacts facts, CancellationToken ct)
        {
            var offset = await inner.ClaimAsync(partition, facts, ct);
            end.Hold(this, partition, holds: true);
            return offset;
        }

        public async Task<long> DeliverAsync(StreamBatch batch, CancellationToken ct)
        {
            await end.Open.WaitAsync(ct);
            end.Begin();
            var slowest = await inner.DeliverAsync(batch, ct);
            end.Delivered(batch.Records.Count);
            return slowest;
        }

        public async Task ReleaseAsync(PartitionRef partition, CancellationToken ct)
        {
            end.Hold(this, partition, holds: false);
            await inner.ReleaseAsync(partition, ct);
        }

        public Task ReportAsync(StreamSnapshot snapshot, CancellationToken ct) => inner.ReportAsync(snapshot, ct);
    }
}
