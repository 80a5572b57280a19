using System.Collections.Immutable;
using TomOrleans.Bench.Broker;
using TomOrleans.Bench.Load;
using TomOrleans.Bench.Measuring;
using TomOrleans.Bench.Output;
using TomOrleans.Bench.Raw;
using TomOrleans.Bench.Toms;
using TomOrleans.Grains.Alerts;

namespace TomOrleans.Bench.Verbs;

/// <summary>Alerts through consumer, worker, handler and targets, with points and cursors kept in memory, beside raw consumers of the same topic.</summary>
internal static class IngestVerb
{
    private const int FewTargets = 200;
    private const int ManyTargets = 20_000;
    private const int Handlers = 10;
    private const string Few = "200 targets";
    private const string Many = "20,000 targets";

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        await using var broker = await KafkaBroker.StartAsync();
        report.Fact("kafka", broker.Kind);
        if (options.Wants(Few) || options.Stages || options.Wants($"{Handlers} handlers") || options.Wants(MemoryTom.Durable))
        {
            await FewAsync(options, report, broker);
        }

        if (options.Wants(Many))
        {
            await ManyAsync(options, report, broker);
        }

        if (options.Wants(BacklogCase.Name))
        {
            await BacklogCase.RunAsync(options, report, broker);
        }

        if (options.Wants(LatencyCase.Name))
        {
            await LatencyCase.RunAsync(options, report, broker);
        }
    }

    private static async Task FewAsync(BenchOptions options, Report report, KafkaBroker broker)
    {
        var load = await report.FillAsync(broker, "bench.few", options.Messages(quick: 50_000, full: 300_000), FewTargets);
        await using var tom = await MemoryTom.PrepareAsync(broker, load);
        var settings = RawSettings(broker, load, report);
        List<Contender> contenders =
        [
            RawConsumer.Bytes(load, settings),
            RawConsumer.Json(load, settings),
            RawConsumer.Lean(load, settings),
        ];
        if (options.Stages)
        {
            contenders.AddRange(Stages.Of(load, settings, tom));
        }

        contenders.Add(tom.Contender(
            "1.1 KB Hermes messages, 200 targets, decoded, through TopicGrain's worker and handler into TargetGrains, in memory", Few, hermes => [hermes]));
        contenders.Add(tom.Contender($"the same with {Handlers} handlers, of which {Handlers - 1} only filter", $"{Handlers} handlers", WithFilters));
        contenders.Add(MemoryTom.WithDurableCursors(broker, load));
        report.Add(await new Contest(options, Report.Progress).RunAsync(contenders), Contest.Reference, "R3", Few);
    }

    private static async Task ManyAsync(BenchOptions options, Report report, KafkaBroker broker)
    {
        var load = await report.FillAsync(broker, "bench.many", options.Messages(quick: 25_000, full: 200_000), ManyTargets);
        await using var tom = await MemoryTom.PrepareAsync(broker, load);
        var settings = RawSettings(broker, load, report);
        report.Add(
            await new Contest(options, Report.Progress).RunAsync(
            [
                RawConsumer.Json(load, settings),
                RawConsumer.Lean(load, settings),
                tom.Contender("the same with 20,000 targets, all active", Many, hermes => [hermes]),
            ]),
            Contest.Reference,
            "R3");
    }

    private static ImmutableArray<HandlerDefinition> WithFilters(HandlerDefinition hermes) =>
    [
        hermes,
        .. Enumerable.Range(1, Handlers - 1).Select(n => new HandlerDefinition { Id = $"{FilterHandlerGrain.Name}{n}", Name = FilterHandlerGrain.Name }),
    ];

    private static Streams.Kafka.StreamSettings RawSettings(KafkaBroker broker, LoadTopic load, Report report)
    {
        using var folder = new Folder();
        var settings = BenchConfiguration.StreamOf(BenchConfiguration.Of(broker, load.Name, folder.Path), broker).Settings;
        report.Consumer(settings);
        return settings;
    }
}
