using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Bench.Broker;
using TomOrleans.Bench.Load;
using TomOrleans.Bench.Measuring;
using TomOrleans.Grains.Alerts;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Bench.Toms;

/// <summary>
/// A TOM that has its process to itself, so that its memory can be told: reads a topic with <c>hermes</c>, whose points no more than the targets' grains remember, a handler that
/// filters and, if told so, one that hangs. Cursors and books are in SQLite (FULL).
/// </summary>
internal static class BacklogTom
{
    private static readonly string[] Answering = ["hermes", FilterHandlerGrain.Name];

    /// <summary>Prints the measurement, from the first batch to the last cursor of those that answer, as one line of JSON.</summary>
    public static async Task<int> RunAsync(string bootstrapServers, string topic, long messages, int targets, bool isOneHanging, TextWriter output)
    {
        await using var store = await Store.SqliteAsync();
        var sky = LoadFiller.SkyOf(targets);
        await KnownTargets.CreateAsync(store, sky.Targets);
        await using var broker = new GivenBroker(bootstrapServers);
        var configuration = BenchConfiguration.Of(broker, topic, store.Path);
        var stream = WithHandlers(BenchConfiguration.StreamOf(configuration, broker), isOneHanging);
        await using var tom = await BenchTom.StartAsync(configuration, store.Database, services => services
            .AddSingleton(provider => new HandlerClock(new DurableCursors(new(keepPoints: false), provider.GetRequiredService<GroupCommitWriter>()), Answering, messages))
            .AddSingleton<IIngestWriter>(provider => provider.GetRequiredService<HandlerClock>())
            .AddSingleton(new StreamCatalog([stream])));
        await KnownTargets.ActivateAsync(tom, sky.Targets);
        var measured = await tom.IngestAsync(stream, messages, tom.Services.GetRequiredService<HandlerClock>());
        using var process = Process.GetCurrentProcess();
        measured = measured with { PeakMegabytes = process.PeakWorkingSet64 / 1e6 };
        var cursors = (await tom.Services.GetRequiredService<CursorTable>().ReadAllAsync()).ToLookup(row => row.Key.Handler);
        foreach (var handler in Answering)
        {
            Books.Check(messages, handler, [.. cursors[handler].Select(row => (row.NextOffset, row.Consumed, row.Handled, row.Ignored, row.Parked))]);
        }

        if (cursors[HangingHandlerGrain.Name].Any(row => row.Consumed > 0))
        {
            throw new BenchException("The handler that hangs has answered.");
        }

        await output.WriteLineAsync(JsonSerializer.Serialize(measured, MeasurementJson.Default.Measurement));
        return 0;
    }

    private static StreamDefinition WithHandlers(StreamDefinition stream, bool isOneHanging)
    {
        var binding = stream.Bindings.Single();
        HandlerDefinition[] others = [.. (isOneHanging ? [FilterHandlerGrain.Name, HangingHandlerGrain.Name] : (string[])[FilterHandlerGrain.Name])
            .Select(name => new HandlerDefinition { Id = name, Name = name })];
        return stream with { Bindings = [binding with { Handlers = [.. binding.Handlers, .. others] }] };
    }
}
