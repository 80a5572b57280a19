using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Grains.Alerts.Messages;
using TomOrleans.Grains.Alerts.Parked;
using TomOrleans.Grains.Tests.Metering;
using TomOrleans.Storage;
using TomOrleans.Storage.Control;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Migrations;
using TomOrleans.Storage.Parked;
using TomOrleans.Storage.Writing;
using TomOrleans.Streams.Kafka;
using PartitionFacts = TomOrleans.Alerts.PartitionFacts;

namespace TomOrleans.Grains.Tests.Alerts.Lanes;

/// <summary>A claim comes after the broker was asked for the end of the partition; a former owner may have read on between the two.</summary>
public sealed class LaneClaimsTests : IAsyncLifetime
{
    private const string Handler = MessageKeeper.Name;
    private readonly string _folder = Directory.CreateTempSubdirectory("tom-claims-").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedSource _source = new();
    private readonly Scene.Cursors _written = new();
    private readonly Measured _meters = new(AlertsInstruments.MeterName);
    private TomDatabase _database = null!;
    private GroupCommitWriter _writer = null!;
    private LaneClaims _claims = null!;

    public async ValueTask InitializeAsync()
    {
        _database = TomDatabase.OpenSqlite(_folder);
        await new Migrator(_database).MigrateAsync(TestContext.Current.CancellationToken);
        _writer = new(_database);
        var room = new ParkedRoom(new ParkedTable(_database), _time);
        var latencies = new Grains.Alerts.Latency.LatencyBoard(_time);
        var factory = new HandlerLaneFactory(
            null!, room, _written, latencies, new(_meters, new(), latencies), new(_time), _time, NullLoggerFactory.Instance);
        var stream = new StreamDefinition
        {
            Id = "survey",
            Kind = "kafka",
            Settings = new StreamSettings { Id = "survey", Client = new Dictionary<string, string>(), GroupId = "group", Topics = ["alerts"], Start = StartPosition.Earliest },
            Bindings = [new("alerts", [new HandlerDefinition { Id = Handler, Name = Handler }])],
        };
        _claims = new(new StreamCatalog([stream]), new CursorTable(_database, _writer), new ControlTable(_database, _writer), factory, new(_time), _source, _time);
    }

    public async ValueTask DisposeAsync()
    {
        _meters.Dispose();
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_cursor_that_a_late_owner_moved_beyond_the_end_asked_for_before_stays_where_it_is()
    {
        _source.High = 120;
        await StandAtAsync(100);

        Assert.Equal(100, await ClaimAsync(endAskedBefore: 80));
    }

    [Fact]
    public async Task A_message_from_the_future_does_not_pass_for_the_end_of_its_partition()
    {
        _source.High = 120;
        _source.FirstNotOlder = 10;
        await StandAtAsync(100);

        Assert.Equal(100, await ClaimAsync(endAskedBefore: 80));
    }

    [Fact]
    public async Task A_move_that_the_database_could_not_do_is_done_before_what_the_broker_threw_away_is_counted_as_lost()
    {
        _source.High = 300;
        await StandAtAsync(100);
        var cursor = (await _claims.ClaimAsync(Scene.Partition, new PartitionFacts { LowOffset = 0, HighOffset = 300, StartOffset = 0 }, "two"))[0].Lane.Cursor;
        _written.IsAway = true;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => cursor.MoveAsync(150, new() { Consumed = 50, Handled = 50 }, [], null, []));
        _written.IsAway = false;

        await cursor.GoToFirstAsync(200);
        Assert.Equal((150L, 0L), (cursor.Next, _written.Lost[Handler]));
        await cursor.GoToFirstAsync(200);
        Assert.Equal((200L, 50L), (cursor.Next, _written.Lost[Handler]));
        Assert.Equal([new NewLostRange(150, 199, Clock.Microseconds(_time))], _written.LostRanges);
    }

    [Fact]
    public async Task A_cursor_beyond_the_end_of_a_topic_that_was_made_again_goes_to_its_beginning()
    {
        _source.High = 40;
        await StandAtAsync(100);

        Assert.Equal(0, await ClaimAsync(endAskedBefore: 40));
        Assert.Equal([new NewLostRange(100, null, Clock.Microseconds(_time))], _written.LostRanges);
    }

    /// <summary>Where the former owner had come to when its claim ended.</summary>
    private async Task StandAtAsync(long offset)
    {
        _written.Next[Handler] = offset;
        await _claims.ClaimAsync(Scene.Partition, new() { LowOffset = 0, HighOffset = offset, StartOffset = offset }, "one");
    }

    private async Task<long> ClaimAsync(long endAskedBefore)
    {
        var members = await _claims.ClaimAsync(Scene.Partition, new PartitionFacts { LowOffset = 0, HighOffset = endAskedBefore, StartOffset = 0 }, "two");
        Assert.Equal(_written.Next[Handler], Assert.Single(members).Lane.Cursor.Next);
        return members[0].Lane.Cursor.Next;
    }
}
