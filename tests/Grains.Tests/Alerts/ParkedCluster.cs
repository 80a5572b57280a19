using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Alerts.Parked;
using TomOrleans.Grains.Operations;
using TomOrleans.Grains.Sharing;
using TomOrleans.Storage;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Migrations;
using TomOrleans.Storage.Parked;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>One silo on a SQLite file of its own that reads topic <c>hop/hermes.test</c> with the handlers <c>hermes</c> and <c>moody</c>.</summary>
internal sealed class ParkedCluster : IAsyncDisposable
{
    public static readonly TopicPartitionName Partition = MessageBuilder.Partition;
    private readonly string _folder;
    private readonly TomDatabase _database;
    private InProcessTestCluster? _cluster;

    private ParkedCluster(string folder, TomDatabase database) => (_folder, _database) = (folder, database);

    public HandlerMood Mood { get; } = new();

    public IGrainFactory Grains => _cluster!.Client;

    public T Get<T>() where T : notnull => _cluster!.Silos[0].ServiceProvider.GetRequiredService<T>();

    public IParkedGrain Parked => _cluster!.Client.Parked();

    public static async Task<ParkedCluster> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("tom-parked-").FullName;
        var database = TomDatabase.OpenSqlite(folder);
        await new Migrator(database).MigrateAsync();
        var cluster = new ParkedCluster(folder, database);
        await cluster.DeployAsync("hermes", "moody");
        return cluster;
    }

    /// <summary>Messages from offset 0 on, through the partition's worker.</summary>
    public async Task ReadAsync(params string[] values)
    {
        var worker = _cluster!.Client.TopicWorker(Partition);
        await worker.ClaimAsync(new() { LowOffset = 0, HighOffset = 0, StartOffset = 0 });
        await worker.DeliverAsync(new(
            Partition,
            [.. values.Select((value, offset) => new MessageRecord(offset, MessageBuilder.Timestamp, null, Encoding.UTF8.GetBytes(value), MessageBuilder.HermesHeaders()))],
            values.Length));
        await worker.ReleaseAsync();
    }

    /// <summary>Looks for what is due to be tried by itself, as if it were so much later.</summary>
    public Task<long> SweepAsync(TimeSpan later)
    {
        var services = _cluster!.Silos[0].ServiceProvider;
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow + later);
        return new ParkedSweeper(services.GetRequiredService<ParkedFates>(), services.GetRequiredService<ParkedRetry>(), time, NullLogger<ParkedSweeper>.Instance).SweepAsync();
    }

    /// <summary>As a lane asks before it goes on.</summary>
    public Task RequireRoomAsync() =>
        _cluster!.Silos[0].ServiceProvider.GetRequiredService<ParkedRoom>().RequireAsync(new(Partition, "moody")).AsTask();

    public ITopicWorkerGrain Worker => _cluster!.Client.TopicWorker(Partition);

    public static RecordBatch Batch(long from, long next, string value) => new(
        Partition,
        [.. Enumerable.Range((int)from, (int)(next - from)).Select(offset =>
            new MessageRecord(offset, MessageBuilder.Timestamp, null, Encoding.UTF8.GetBytes(value), MessageBuilder.HermesHeaders()))],
        next);

    /// <summary>Ids of what waits, by offset.</summary>
    public async Task<long[]> IdsAsync(string handler) =>
        [.. (await Parked.ListAsync(new() { Handler = handler, Limit = 1_000 })).Messages.OrderBy(message => message.Location.Offset).Select(message => message.Id)];

    public async Task<(long Consumed, long Handled, long Ignored, long Parked, long Dropped)> BooksAsync(string handler)
    {
        var cursors = await _cluster!.Silos[0].ServiceProvider.GetRequiredService<CursorTable>().ReadAllAsync();
        var cursor = cursors.Single(row => row.Key.Handler == handler);
        Assert.Equal(cursor.Consumed, cursor.Handled + cursor.Ignored + cursor.Parked + cursor.Dropped);
        return (cursor.Consumed, cursor.Handled, cursor.Ignored, cursor.Parked, cursor.Dropped);
    }

    /// <summary>Ends the silo and starts another one on the same tables with only these handlers.</summary>
    public async Task RestartAsync(params string[] handlers)
    {
        await _cluster!.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        await DeployAsync(handlers);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster!.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task DeployAsync(params string[] handlers)
    {
        var topic = Partition.Topic;
        var stream = new StreamDefinition
        {
            Id = topic.Stream,
            Kind = "kafka",
            Settings = new() { Id = topic.Stream, Client = new Dictionary<string, string>(), GroupId = "test", Topics = [topic.Topic] },
            Bindings = [new(topic.Topic, [.. handlers.Select(name => new HandlerDefinition { Id = name, Name = name })])],
        };
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddTomStorage(_database);
            silo.AddTargets();
            silo.AddAlerts([stream]);
            silo.Services.AddSharing([], "A TOM");
            silo.Services.AddSingleton(new TomIdentity("A TOM", IsSandbox: false));
            silo.Services.AddSingleton(Mood);
        });
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.Error));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }
}
