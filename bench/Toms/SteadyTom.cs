using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TomOrleans.Bench.Broker;
using TomOrleans.Bench.Load;
using TomOrleans.Bench.Measuring;
using TomOrleans.Grains.Alerts;
using TomOrleans.Sandbox.Sky;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Bench.Toms;

/// <summary>A whole TOM, points and cursors in the database, that is given messages one by one at an even pace.</summary>
/// <param name="broker">Where it reads.</param>
/// <param name="perSecond">Messages.</param>
/// <param name="targets">Over how many the messages are spread.</param>
/// <param name="fetchWait">How long the broker may keep a request for messages while it has none [ms]; null: as long as the stream's settings say.</param>
internal sealed class SteadyTom(KafkaBroker broker, int perSecond, int targets, int? fetchWait)
{
    private const ulong Seed = 20260702;
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <param name="topic">An empty one of this run.</param>
    /// <param name="warmUpSeconds">What is produced in them does not count; the targets are made then.</param>
    /// <param name="seconds">That count.</param>
    public async Task<Latency> MeasureAsync(string topic, int warmUpSeconds, int seconds)
    {
        await broker.CreateTopicAsync(topic, LoadFiller.UsualPartitions);
        await using var store = await Store.SqliteAsync();
        var messages = new SimulatedLoad(Seed, targets, Start).Messages((long)perSecond * (warmUpSeconds + seconds), topic).ToArray();
        var configuration = BenchConfiguration.Of(broker, topic, store.Path);
        await using var tom = await BenchTom.StartAsync(configuration, store.Database);
        var stream = BenchConfiguration.StreamOf(configuration, broker);
        if (fetchWait is { } wait)
        {
            var client = stream.Settings.Client.Append(new("fetch.wait.max.ms", wait.ToString(CultureInfo.InvariantCulture)));
            stream = stream with { Settings = stream.Settings with { Client = client.ToDictionary() } };
        }

        var sink = new ArrivalSink(ActivatorUtilities.CreateInstance<GrainStreamSink>(tom.Services, stream), messages.Length);
        await using var consumer = new StreamConsumer(stream.Settings, sink, tom.Services.GetRequiredService<ILogger<StreamConsumer>>(), TimeProvider.System);
        await consumer.StartAsync(CancellationToken.None);
        var (produced, accepted) = (new long[messages.Length], new long[messages.Length]);
        using var feed = new Feed(broker.BootstrapServers, linger: TimeSpan.Zero);
        await Task.Factory.StartNew(
            () =>
            {
                var start = Stopwatch.GetTimestamp();
                for (var n = 0; n < messages.Length; n++)
                {
                    while (Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond < n)
                    {
                        Thread.Sleep(1);
                    }

                    var number = n;
                    produced[n] = Stopwatch.GetTimestamp();
                    feed.Send(messages[n], new Partition(n % LoadFiller.UsualPartitions), BitConverter.GetBytes(n), () => accepted[number] = Stopwatch.GetTimestamp());
                }

                feed.Finish();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        var handled = await sink.AllAsync(Patience);
        var counted = Enumerable.Range(perSecond * warmUpSeconds, perSecond * seconds).ToArray();
        var ways = counted.Select(n => Stopwatch.GetElapsedTime(produced[n], handled[n]).TotalMilliseconds).ToArray();
        var toBroker = counted.Select(n => Stopwatch.GetElapsedTime(produced[n], accepted[n]).TotalMilliseconds);
        return new(Latency.Quantile(ways, 0.5), Latency.Quantile(ways, 0.99), Latency.Quantile(toBroker, 0.5));
    }

    /// <summary>Passes everything on and notes when the message with each number, its key, had its fate.</summary>
    private sealed class ArrivalSink(IStreamSink inner, int messages) : IStreamSink
    {
        private readonly long[] _handled = new long[messages];
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = messages;

        public async Task<long[]> AllAsync(TimeSpan patience)
        {
            await _all.Task.WaitAsync(patience);
            return _handled;
        }

        public Task PrepareAsync(IReadOnlyList<PartitionRef> matching, IOffsetResolver resolver, string? clusterId, CancellationToken ct) =>
            inner.PrepareAsync(matching, resolver, clusterId, ct);

        public Task<long> ClaimAsync(PartitionRef partition, PartitionFacts facts, CancellationToken ct) => inner.ClaimAsync(partition, facts, ct);

        public async Task<long> DeliverAsync(StreamBatch batch, CancellationToken ct)
        {
            var slowest = await inner.DeliverAsync(batch, ct);
            var now = Stopwatch.GetTimestamp();
            foreach (var record in batch.Records)
            {
                _handled[BitConverter.ToInt32(record.Key)] = now;
            }

            if (Interlocked.Add(ref _left, -batch.Records.Count) == 0)
            {
                _all.TrySetResult();
            }

            return slowest;
        }

        public Task ReleaseAsync(PartitionRef partition, CancellationToken ct) => inner.ReleaseAsync(partition, ct);

        public Task ReportAsync(StreamSnapshot snapshot, CancellationToken ct) => inner.ReportAsync(snapshot, ct);
    }
}
