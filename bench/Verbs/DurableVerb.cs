using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Alerts;
using TomOrleans.Bench.Baselines;
using TomOrleans.Bench.Broker;
using TomOrleans.Bench.Load;
using TomOrleans.Bench.Measuring;
using TomOrleans.Bench.Output;
using TomOrleans.Bench.Raw;
using TomOrleans.Bench.Toms;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Messages;
using TomOrleans.Storage.Targets;
using TomOrleans.Storage.Writing;
using Books = TomOrleans.Bench.Toms.Books;

namespace TomOrleans.Bench.Verbs;

/// <summary>
/// The whole way of a message as a user runs it, into an empty database each time: targets are made when they are first named, and the clock stops when the last cursor is durable.
/// Afterwards the database must hold every point once and books that balance.
/// </summary>
internal static class DurableVerb
{
    private const int Targets = 800;

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        await using var broker = await KafkaBroker.StartAsync();
        report.Fact("kafka", broker.Kind);
        var load = await report.FillAsync(broker, "bench.durable", options.Messages(quick: 20_000, full: 100_000), Targets);
        using var folder = new Folder();
        var settings = BenchConfiguration.StreamOf(BenchConfiguration.Of(broker, load.Name, folder.Path), broker).Settings;
        report.Consumer(settings);
        List<Contender> contenders =
        [
            RawConsumer.Bytes(load, settings),
            RawConsumer.Json(load, settings),
            BareLoop.Sqlite(load.Messages, load.Points, Targets),
            new("1.1 KB Hermes messages, 800 targets, to the last point and cursor in SQLite (FULL)", "SQLite", () => RunAsync(broker, load, Store.SqliteAsync)),
            new("the same messages again, all known", "SQLite again", () => RunAgainAsync(broker, load, Store.SqliteAsync)),
            new("the same, every message kept in the log first", "SQLite archive", () => RunAsync(broker, load, Store.SqliteAsync, "30d")),
        ];
        if (Store.PostgreSql is { } server)
        {
            contenders.Insert(2, BareLoop.PostgreSql(server, load.Messages, load.Points, Targets));
            contenders.Add(new("the same in PostgreSQL", "PostgreSQL", () => RunAsync(broker, load, () => Store.PostgreSqlAsync(server))));
            contenders.Add(new("the same messages again, all known", "PostgreSQL again", () => RunAgainAsync(broker, load, () => Store.PostgreSqlAsync(server))));
            contenders.Add(new("the same, every message kept in the log first", "PostgreSQL archive", () => RunAsync(broker, load, () => Store.PostgreSqlAsync(server), "30d")));
        }

        if (contenders.Any(contender => contender.Short != Contest.Reference && options.Wants(contender.Short)))
        {
            report.Add(await new Contest(options, Report.Progress).RunAsync(contenders), Contest.Reference, "bare SQLite", "bare PostgreSQL");
        }

        if (Store.PostgreSql is { } cluster && options.Wants(SilosCase.Name))
        {
            await SilosCase.RunAsync(options, report, broker, load, cluster);
        }
    }

    private static async Task<Measurement> RunAsync(KafkaBroker broker, LoadTopic load, Func<Task<Store>> open, string archive = "off")
    {
        await using var store = await open();
        var configuration = BenchConfiguration.Of(broker, load.Name, store.Path, archive);
        await using var tom = await BenchTom.StartAsync(configuration, store.Database);
        var measured = await tom.IngestAsync(BenchConfiguration.StreamOf(configuration, broker), load.Messages);
        var writer = tom.Services.GetRequiredService<GroupCommitWriter>();
        await Report.Progress.WriteLineAsync($"{writer.Transactions} transactions of {writer.Items / writer.Transactions} writes");

        var cursors = await tom.Services.GetRequiredService<CursorTable>().ReadAllAsync();
        foreach (var handler in cursors.GroupBy(cursor => cursor.Key.Handler))
        {
            Books.Check(load.Messages, handler.Key, [.. handler.Select(cursor => (cursor.NextOffset, cursor.Consumed, cursor.Handled, cursor.Ignored, cursor.Parked))]);
        }

        var kept = (await tom.Services.GetRequiredService<MessageTable>().UseAsync()).ToList();
        if (kept.Sum(use => use.Messages) != (archive == "off" ? 0 : load.Messages))
        {
            throw new BenchException($"Kept are {kept.Sum(use => use.Messages):N0} messages of {load.Messages:N0}.");
        }

        await Report.Progress.WriteLineAsync($"the log takes up {kept.Sum(use => use.Bytes) / (double)load.Messages:F0} bytes a message");
        var (targets, points) = await tom.Services.GetRequiredService<TargetTable>().CountAsync();
        Books.CheckPoints(load, targets, points);
        return measured;
    }

    /// <summary>Once more, into a database that has all of it: the cursors were sent back to the start.</summary>
    private static async Task<Measurement> RunAgainAsync(KafkaBroker broker, LoadTopic load, Func<Task<Store>> open)
    {
        await using var store = await open();
        var configuration = BenchConfiguration.Of(broker, load.Name, store.Path);
        await using var tom = await BenchTom.StartAsync(configuration, store.Database);
        var stream = BenchConfiguration.StreamOf(configuration, broker);
        await tom.IngestAsync(stream, load.Messages);
        await tom.Services.GetRequiredService<IGrainFactory>().Topic(new TopicName(stream.Id, load.Name)).SeekAsync(new TopicSeek(null, SeekTo.Earliest));
        var measured = await tom.IngestAsync(stream, load.Messages);
        var consumed = (await tom.Services.GetRequiredService<CursorTable>().ReadAllAsync()).Sum(cursor => cursor.Consumed);
        if (consumed != 2 * load.Messages)
        {
            throw new BenchException($"Consumed were {consumed:N0} messages, not twice {load.Messages:N0}.");
        }

        var (targets, points) = await tom.Services.GetRequiredService<TargetTable>().CountAsync();
        Books.CheckPoints(load, targets, points);
        return measured;
    }
}
