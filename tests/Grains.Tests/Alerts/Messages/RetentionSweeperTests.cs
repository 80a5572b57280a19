using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Alerts.Messages;
using TomOrleans.Storage;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Messages;
using TomOrleans.Storage.Migrations;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Grains.Tests.Alerts.Messages;

public sealed class RetentionSweeperTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("tom-retention-").FullName;
    private readonly FakeTimeProvider _time = new(Noon);
    private TomDatabase _database = null!;
    private GroupCommitWriter _writer = null!;

    public async ValueTask InitializeAsync()
    {
        _database = TomDatabase.OpenSqlite(_folder);
        await new Migrator(_database).MigrateAsync(TestContext.Current.CancellationToken);
        _writer = new(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Messages_go_when_the_time_of_their_topic_is_over()
    {
        await KeepAsync("short", 0, count: 1_200);
        await KeepAsync("long", 0, count: 10);
        _time.Advance(TimeSpan.FromMinutes(50));
        await KeepAsync("short", 0, count: 5);

        Assert.Equal(0, await SweepAsync());
        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(1_200, await SweepAsync());
        Assert.Equal([("long", 10), ("short", 5)], await UseAsync());

        _time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(15, await SweepAsync());
        Assert.Equal(0, await SweepAsync());
    }

    [Fact]
    public async Task Beyond_the_bytes_of_the_stream_the_oldest_of_all_its_topics_go()
    {
        await KeepAsync("short", 0, count: 600);
        _time.Advance(TimeSpan.FromMinutes(1));
        await KeepAsync("long", 0, count: 600);
        var each = (await new MessageTable(_database).UseAsync(TestContext.Current.CancellationToken))[0].Bytes / 600;

        Assert.Equal(700, await SweepAsync(500 * each));
        Assert.Equal([("long", 500), ("short", 0)], await UseAsync());
    }

    [Fact]
    public async Task What_a_topic_kept_that_is_no_longer_kept_goes_after_thirty_days()
    {
        await KeepAsync("gone", 0, count: 3);
        _time.Advance(TimeSpan.FromDays(29));
        Assert.Equal(0, await SweepAsync());
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(3, await SweepAsync());
    }

    private Task<long> SweepAsync(long bytes = StreamDefinition.DefaultArchiveBytes)
    {
        HandlerDefinition Archive(TimeSpan keepFor) => new() { Id = MessageKeeper.Name, Name = MessageKeeper.Name, KeepFor = keepFor };
        var stream = new StreamDefinition
        {
            Id = "survey",
            Kind = "kafka",
            Settings = new() { Id = "survey", Client = new Dictionary<string, string>(), GroupId = "test", Topics = ["short", "long"] },
            Bindings = [new("short", [Archive(TimeSpan.FromHours(1))]), new("long", [Archive(TimeSpan.FromDays(2))])],
            ArchiveBytes = bytes,
        };
        return new RetentionSweeper(
            new(_database), new(_database, _writer), new StreamCatalog([stream]), _time, NullLogger<RetentionSweeper>.Instance).SweepAsync(TestContext.Current.CancellationToken);
    }

    private async Task KeepAsync(string topic, int partition, int count)
    {
        var key = new CursorKey("survey", topic, partition, MessageKeeper.Name);
        var cursor = (await new CursorTable(_database, _writer).ClaimAsync([new(key, "silo", 0, null)]))[0];
        var now = Clock.Microseconds(_time);
        var next = cursor.NextOffset + count;
        Assert.True(await _writer.MoveCursorAsync(new(key, cursor.OwnerEpoch, cursor.NextOffset, next, count, count, 0, 0, [])
        {
            Kept = [.. Enumerable.Range(0, count).Select(i => new NewMessage(cursor.NextOffset + i, now, now, null, null, [], PackedValue.Of("some bytes"u8)))],
        }));
    }

    private async Task<IEnumerable<(string Topic, long Messages)>> UseAsync() =>
        (await new MessageTable(_database).UseAsync(TestContext.Current.CancellationToken)).Select(use => (use.Topic, use.Messages)).OrderBy(use => use.Topic, StringComparer.Ordinal);
}
