using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Bench.Broker;
using TomOrleans.Bench.Measuring;
using TomOrleans.Bench.Output;
using TomOrleans.Bench.Toms;
using TomOrleans.Grains.Sharing;
using TomOrleans.Sandbox.Hermes;
using TomOrleans.Sharing;

namespace TomOrleans.Bench.Verbs;

/// <summary>
/// Shares: what queueing one costs while the outbox is empty and while it is full, and how fast a full outbox drains into a stand-in Hermes that answers at once. Every step is durable in SQLite
/// (FULL), and in the end each share is published once. Beside it, ingest and a destination that answers beside one that hangs.
/// </summary>
internal static class SharingVerb
{
    private const string Destination = "hermes";
    private const string Topic = "hermes.test";
    private const int Measured = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private const string Drain = "drain";

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        await using var broker = await KafkaBroker.StartAsync();
        if (options.Wants(Drain))
        {
            await DrainAsync(options, report, broker);
        }

        if (options.Wants(HangingDestinationCase.Name))
        {
            await HangingDestinationCase.RunAsync(options, report, broker);
        }
    }

    private static async Task DrainAsync(BenchOptions options, Report report, KafkaBroker broker)
    {
        var count = options.Messages(quick: 1_000, full: 10_000);
        var rounds = new List<(double Empty, double Full, Measurement Drain)>();
        for (var round = 0; round <= options.Rounds; round++)
        {
            var measured = await RunAsync(broker, round == 0 ? Math.Min(count, 500) : count);
            await Report.Progress.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{(round == 0 ? "warm-up" : $"round {round}")}: {measured.Empty:F2} ms to queue a share at 0 queued, {measured.Full:F2} ms at {count}; {measured.Drain.PerSecond:N0} submissions/s, {measured.Drain.CpuMicrosecondsPerItem:N0} us CPU each"));
            if (round > 0)
            {
                rounds.Add(measured);
            }
        }

        report.Fact("queueing a share, 0 queued", $"{Text(rounds.Select(round => round.Empty), "0.00")} ms");
        report.Fact($"queueing a share, {count.ToString("N0", CultureInfo.InvariantCulture)} queued", $"{Text(rounds.Select(round => round.Full), "0.00")} ms");
        report.Fact("draining", $"{Text(rounds.Select(round => round.Drain.PerSecond), "N0")} submissions/s, {Text(rounds.Select(round => round.Drain.CpuMicrosecondsPerItem), "N0")} us CPU each, stand-in included");
    }

    private static async Task<(double Empty, double Full, Measurement Drain)> RunAsync(KafkaBroker broker, int count)
    {
        await using var store = await Store.SqliteAsync();
        var publisher = new CountingPublisher();
        await using var hermes = await StandInHermes.StartAsync(new() { Publisher = publisher });
        var configuration = BenchConfiguration.Of(broker, "bench.sharing", store.Path);
        DestinationOptions[] destinations = [new() { Name = Destination, BaseUrl = hermes.Url, ApiKey = hermes.Token }];
        await using var tom = await BenchTom.StartAsync(configuration, store.Database, services => services.AddSingleton(provider =>
            new DestinationCatalog(destinations, "Benchmark", provider.GetRequiredService<TimeProvider>(), provider.GetService<ITopicSearch>())));
        await SharingTargets.FillAsync(tom, count + (2 * Measured));
        var grains = tom.Services.GetRequiredService<IGrainFactory>();
        await grains.Sharing(Destination).PauseAsync();
        var empty = await QueueAsync(grains, 0, Measured);
        await QueueAsync(grains, Measured, count - Measured);
        var full = await QueueAsync(grains, count, Measured);

        var before = Meter.Read();
        await grains.Sharing(Destination).ResumeAsync();
        await publisher.ReachedAsync(count + Measured, Patience);
        var drain = before.Until(Meter.Read(), count + Measured);
        var deadline = Stopwatch.GetTimestamp();
        while ((await grains.Shares().ListAsync(new() { State = ShareState.Delivered, Limit = 1 })).Total < count + Measured)
        {
            if (Stopwatch.GetElapsedTime(deadline) > Patience)
            {
                throw new BenchException("Not every share became delivered.");
            }

            await Task.Delay(20);
        }

        return publisher.Count == count + Measured ? (empty, full, drain) : throw new BenchException($"{publisher.Count} messages were published for {count + Measured} shares.");
    }

    /// <summary>A share for each of some targets, one after the other. [ms a share]</summary>
    private static async Task<double> QueueAsync(IGrainFactory grains, int first, int count)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = first; i < first + count; i++)
        {
            await grains.Sharing(Destination).ShareAsync(new() { Target = SharingTargets.Name(i), Topic = Topic });
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds / count;
    }

    private static string Text(IEnumerable<double> values, string format)
    {
        var spread = Spread.Of(values);
        string Of(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return $"{Of(spread.Median)} ({Of(spread.Lowest)}-{Of(spread.Highest)})";
    }
}
