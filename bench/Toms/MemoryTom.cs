using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Bench.Broker;
using TomOrleans.Bench.Load;
using TomOrleans.Bench.Measuring;
using TomOrleans.Bench.Output;
using TomOrleans.Grains.Alerts;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Bench.Toms;

/// <summary>
/// Measures a TOM whose points and cursors stay in memory. Its targets are in a database of all runs, made before the first; in each run they are active and known by name before
/// the first message.
/// </summary>
internal sealed class MemoryTom : IAsyncDisposable
{
    public const string Durable = "durable cursors";
    private readonly KafkaBroker _broker;
    private readonly LoadTopic _load;
    private readonly Store _store;

    private MemoryTom(KafkaBroker broker, LoadTopic load, Store store) => (_broker, _load, _store) = (broker, load, store);

    public static async Task<MemoryTom> PrepareAsync(KafkaBroker broker, LoadTopic load)
    {
        var store = await Store.SqliteAsync();
        await KnownTargets.CreateAsync(store, load.Targets);
        return new(broker, load, store);
    }

    /// <param name="name">As it is shown.</param>
    /// <param name="brief">As it is shown while it runs.</param>
    /// <param name="handlers">The topic's handlers, made of its <c>hermes</c>.</param>
    /// <param name="keepPoints">False to keep no more of them than the targets' grains do.</param>
    public Contender Contender(string name, string brief, Func<HandlerDefinition, ImmutableArray<HandlerDefinition>> handlers, bool keepPoints = true) =>
        new(name, brief, () => RunAsync(handlers, keepPoints));

    /// <summary>The same with cursors and books in SQLite (FULL); a new database for each run, because a cursor stays where it was left.</summary>
    public static Contender WithDurableCursors(KafkaBroker broker, LoadTopic load) => new("the same with durable cursors and books", Durable, async () =>
    {
        await using var tom = await PrepareAsync(broker, load);
        return await tom.RunAsync(hermes => [hermes], keepPoints: true, durableCursors: true);
    });

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private async Task<Measurement> RunAsync(Func<HandlerDefinition, ImmutableArray<HandlerDefinition>> handlers, bool keepPoints, bool durableCursors = false)
    {
        var configuration = BenchConfiguration.Of(_broker, _load.Name, _store.Path);
        var stream = BenchConfiguration.StreamOf(configuration, _broker);
        stream = stream with { Bindings = [.. stream.Bindings.Select(binding => binding with { Handlers = handlers(binding.Handlers.Single()) })] };
        var writer = new MemoryWriter(keepPoints);
        writer.Reserve(keepPoints ? _load.Targets.Count : 0, (int)(_load.Rows / _load.Targets.Count));
        await using var tom = await BenchTom.StartAsync(configuration, _store.Database, services => services
            .AddSingleton(provider => new HandlerClock(
                durableCursors ? new DurableCursors(writer, provider.GetRequiredService<GroupCommitWriter>()) : writer, stream.Bindings.Single().Handlers.Select(handler => handler.Id), _load.Messages))
            .AddSingleton<IIngestWriter>(provider => provider.GetRequiredService<HandlerClock>())
            .AddSingleton(new StreamCatalog([stream])));
        await KnownTargets.ActivateAsync(tom, _load.Targets);

        // Active since long, as it were: not in the youngest generation.
        GC.Collect();
        var measured = await tom.IngestAsync(stream, _load.Messages, tom.Services.GetRequiredService<HandlerClock>());
        if (durableCursors)
        {
            var written = tom.Services.GetRequiredService<GroupCommitWriter>();
            await Report.Progress.WriteLineAsync($"{written.Transactions} transactions of {(double)written.Items / written.Transactions:N1} writes");
        }

        var cursors = durableCursors
            ? (await tom.Services.GetRequiredService<CursorTable>().ReadAllAsync()).Select(row => (row.Key, row.NextOffset, row.Consumed, row.Handled, row.Ignored, row.Parked))
            : writer.Cursors.Select(cursor => (cursor.Key, cursor.Value.NextOffset, cursor.Value.Consumed, cursor.Value.Handled, cursor.Value.Ignored, (long)cursor.Value.Parked.Count));
        Check(stream.Bindings.Single().Handlers, writer, cursors.ToLookup(cursor => cursor.Key.Handler));
        return measured;
    }

    private void Check(
        ImmutableArray<HandlerDefinition> handlers,
        MemoryWriter writer,
        ILookup<string, (CursorKey Key, long NextOffset, long Consumed, long Handled, long Ignored, long Parked)> cursors)
    {
        foreach (var handler in handlers)
        {
            Books.Check(_load.Messages, handler.Name, [.. cursors[handler.Id].Select(cursor => (cursor.NextOffset, cursor.Consumed, cursor.Handled, cursor.Ignored, cursor.Parked))]);
        }

        if (writer.KeepsPoints && handlers.Any(handler => handler.Name != FilterHandlerGrain.Name))
        {
            Books.CheckPoints(_load, _load.Targets.Count, writer.CountPoints());
        }
    }
}
