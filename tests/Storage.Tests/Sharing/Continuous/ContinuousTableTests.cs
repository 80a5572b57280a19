using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Sharing;
using TomOrleans.Storage.Sharing.Continuous;
using TomOrleans.Storage.Spectra;
using TomOrleans.Storage.Writing;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Sharing.Continuous;

public sealed class SqliteContinuousTableTests() : ContinuousTableTests(new SqliteTestDatabase());

public sealed class PostgreSqlContinuousTableTests(PostgreSqlServer server) : ContinuousTableTests(new PostgreSqlTestDatabase(server));

public abstract class ContinuousTableTests(ITestDatabase test) : ContinuousTest(test)
{
    private OutboxTable Outbox => new(Database, Writer);

    [Fact]
    public async Task New_values_of_a_target_with_an_order_wait_and_those_of_others_do_not()
    {
        var (target, other) = (await CreateAsync("A"), await CreateAsync("B"));
        await Writer.AppendPhotometryAsync(target, [Rows.Point(1)]);
        var order = await OrderAsync(target);

        await Writer.AppendPhotometryAsync(target, [Rows.Point(2), Rows.Point(1), Rows.Point(3), Rows.Point(4) with { IsRetracted = true }]);
        await Writer.AppendPhotometryAsync(other, [Rows.Point(2)]);
        await Writer.AppendPhotometryAsync(target, [Rows.Point(2, content: 9), Rows.Point(3)]);

        var waiting = Assert.Single(await Table.WaitingAsync());
        Assert.Equal((order, target, "hermes", "hermes.test", "anna", false), (waiting.ContinuousId, waiting.TargetId, waiting.Destination, waiting.Topic, waiting.CreatedBy, waiting.HasOpenShare));
        Assert.Equal([new(target, 2, 1), new(target, 3, 1), new PointKey(target, 2, 9)], (await Table.ItemsAsync(waiting, 100)).Select(item => item.Point));
        Assert.Equal(3, Assert.Single(await Table.ListAsync()).Waiting);
    }

    [Fact]
    public async Task Each_order_of_a_target_gets_its_values()
    {
        var target = await CreateAsync("A");
        await OrderAsync(target);
        await OrderAsync(target, "not-my-tom", null);

        await Writer.AppendPhotometryAsync(target, [Rows.Point(2)]);

        Assert.Equal([("hermes", "hermes.test"), ("not-my-tom", null)], (await Table.WaitingAsync()).Select(waiting => (waiting.Destination, waiting.Topic)));
    }

    [Fact]
    public async Task An_order_that_there_is_already_stays_as_it_is()
    {
        var target = await CreateAsync("A");
        await Writer.AppendPhotometryAsync(target, [Rows.Point(1)]);
        var first = await Table.AddAsync(new(target, "not-my-tom", null, "anna", 7), existing: false);

        var second = await Table.AddAsync(new(target, "not-my-tom", null, "berta", 8), existing: true);

        Assert.Equal((true, false, 0), (first.IsNew, second.IsNew, second.Existing));
        Assert.Equal((first.Row.Id, "anna", "A"), (second.Row.Id, second.Row.CreatedBy, second.Row.Name));
        Assert.Empty(await Table.WaitingAsync());
    }

    [Fact]
    public async Task Existing_values_are_those_that_are_shown()
    {
        var target = await CreateAsync("A");
        await Writer.AppendPhotometryAsync(target, [
            Rows.Point(1, content: 1, source: Rows.Message(1, 10)),
            Rows.Point(1, content: 2, source: Rows.Message(2, 20)),
            Rows.Point(2) with { IsRetracted = true },
            Rows.Point(3, time: 1),
        ]);

        var added = await Table.AddAsync(Hermes(target), existing: true);

        Assert.Equal(2, added.Existing);
        Assert.Equal([new(target, 3, 1), new PointKey(target, 1, 2)], (await Table.ItemsAsync(Assert.Single(await Table.WaitingAsync()), 10)).Select(item => item.Point));
    }

    /// <summary>Whatever the moment of the order is, each point is either there before it or comes after it.</summary>
    [Fact]
    public async Task No_value_is_missed_or_doubled_when_existing_ones_are_ordered_while_new_ones_come()
    {
        var target = await CreateAsync("A");
        await using var other = new GroupCommitWriter(Database);
        using var stop = new CancellationTokenSource();
        var stored = 0;
        var started = new TaskCompletionSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 1; !stop.IsCancellationRequested; i++)
            {
                await (i % 2 == 0 ? Writer : other).AppendPhotometryAsync(target, [Rows.Point(i)]);
                stored = i;
                if (i == 20)
                    started.SetResult();
            }
        });
        await started.Task;

        await Table.AddAsync(Hermes(target), existing: true);
        await Table.AddAsync(Hermes(target) with { Topic = "other" }, existing: true);
        await stop.CancelAsync();
        await writing;

        foreach (var waiting in await Table.WaitingAsync())
            Assert.Equal(Enumerable.Range(1, stored).Select(i => (long)i), (await Table.ItemsAsync(waiting, 100_000)).Select(item => item.Point.Identity).Order());
    }

    [Fact]
    public async Task Values_that_wait_become_one_share_and_wait_no_more()
    {
        var target = await CreateAsync("A");
        var order = await OrderAsync(target);
        await Writer.AppendPhotometryAsync(target, [Rows.Point(1), Rows.Point(2), Rows.Point(3)]);
        var (waiting, items) = await WaitingAsync();

        var id = await Table.GatherAsync(new(waiting, [items[0], items[2]], [items[1]], Share(target)));
        var again = await Table.GatherAsync(new(waiting, items, [], Share(target)));

        Assert.Null(again);
        Assert.Empty(await Table.WaitingAsync());
        Assert.Equal((order, 2, 1, 0), Counts(Assert.Single(await Table.ListAsync())));
        var claim = await Outbox.ClaimNextAsync("hermes", "silo", 200, 300);
        Assert.Equal(id, claim!.Unbuilt!.Id);
        Assert.Equal([items[0].Point, items[2].Point], claim.Points);
        Assert.Equal(2, claim.Unbuilt.Points);

        await Writer.AppendPhotometryAsync(target, [Rows.Point(4)]);
        Assert.True(Assert.Single(await Table.WaitingAsync()).HasOpenShare);
        await Outbox.SettleUnbuiltAsync(id!.Value, "silo", ShareStates.Rejected, "no", null);
        Assert.False(Assert.Single(await Table.WaitingAsync()).HasOpenShare);
    }

    [Fact]
    public async Task Values_that_another_share_took_since_they_were_chosen_are_left_to_it()
    {
        var target = await CreateAsync("A");
        var order = await OrderAsync(target);
        await Writer.AppendPhotometryAsync(target, [Rows.Point(1), Rows.Point(2)]);
        var (waiting, items) = await WaitingAsync();
        await Outbox.QueueNewAsync(Share(target) with { Points = [items[0].Point] });

        var id = await Table.GatherAsync(new(waiting, items, [], Share(target)));

        Assert.Equal(1, (await Outbox.GetAsync(id!.Value))!.Points);
        Assert.Equal((order, 1, 1, 0), Counts(Assert.Single(await Table.ListAsync())));
    }

    [Fact]
    public async Task Values_wait_since_the_moment_that_the_cluster_s_clock_says()
    {
        await using var writer = new GroupCommitWriter(Database, time: new StoppedClock());
        var (points, spectra) = (await CreateAsync("A"), await CreateAsync("B"));
        await OrderAsync(points);
        await OrderAsync(spectra);

        await writer.AppendPhotometryAsync(points, [Rows.Point(1)]);
        await new SpectrumTable(Database, writer).AppendAsync(spectra, [Spectrum(2)]);

        Assert.Equal([7_000_000L, 7_000_000L], (await Table.WaitingAsync()).Select(waiting => waiting.SinceMicroseconds));
    }

    [Fact]
    public async Task What_is_not_taken_waits_on()
    {
        var target = await CreateAsync("A");
        await OrderAsync(target);
        await Writer.AppendPhotometryAsync(target, [Rows.Point(1), Rows.Point(2)]);
        var (waiting, items) = await WaitingAsync();

        await Table.GatherAsync(new(waiting, [items[0]], [], Share(target)));

        Assert.Equal([items[1]], (await WaitingAsync()).Items);
    }

    [Fact]
    public async Task An_order_that_ended_leaves_nothing_waiting_even_where_a_writer_knew_it_still()
    {
        var target = await CreateAsync("A");
        var order = await OrderAsync(target);
        await Writer.AppendPhotometryAsync(target, [Rows.Point(1)]);
        var (waiting, items) = await WaitingAsync();

        var removed = await Table.RemoveAsync(order, new("berta", 60));
        Assert.Equal((order, 1), (removed!.Id, removed.Waiting));
        Assert.Null(await Table.RemoveAsync(order, new("berta", 60)));
        Assert.Empty(await Table.WaitingAsync());
        await Writer.RunAsync(async context =>
        {
            await context.Sql("INSERT INTO continuous_waiting (continuous_id, target_id, since_us) VALUES (@id, @target, 1)").With("id", order).With("target", target).ExecuteAsync();
            return await context.Sql("INSERT INTO continuous_item (continuous_id, target_id, identity, content) VALUES (@id, @target, 1, 1)").With("id", order).With("target", target).ExecuteAsync();
        });
        waiting = Assert.Single(await Table.WaitingAsync());

        Assert.Null(await Table.GatherAsync(new(waiting, items, [], Share(target))));
        Assert.Empty(await Table.WaitingAsync());
        Assert.Empty(await Table.ItemsAsync(waiting, 10));
        Assert.Equal(0, (await Outbox.ListAsync(new(null, null, 10, 0))).Total);
    }

    [Fact]
    public async Task An_order_for_a_target_that_is_not_there_is_refused() =>
        await Assert.ThrowsAsync<UnknownTargetException>(() => Table.AddAsync(Hermes(99), existing: true));

    [Fact]
    public async Task What_was_passed_on_is_known_by_destination_and_topic()
    {
        var target = await CreateAsync("A");
        PointKey[] points = [new(target, 1, 1), new(target, 2, 1), new(target, 2, 2)];
        var id = await Outbox.QueueAsync(Share(target) with { Points = [points[0], points[1]] });
        Assert.Equal([(points[0], false), (points[1], false)], await PassedOnAsync("hermes", "hermes.test", points));
        await Outbox.ClaimNextAsync("hermes", "silo", 200, 300);
        var key = Guid.NewGuid();
        await Outbox.BuildAsync(id, "silo", 300, [new(key, 0, [1], [points[0]])]);
        await Outbox.MarkSentAsync(key, "silo", 210);

        await Outbox.CompleteAsync(new(key, "silo", ShareStates.Unconfirmed, null, "?", null, 220));
        Assert.Equal([(points[0], false)], await PassedOnAsync("hermes", "hermes.test", points));
        await Outbox.ConfirmAsync(key, "uuid");

        Assert.Equal([(points[0], true)], await PassedOnAsync("hermes", "hermes.test", points));
        Assert.Empty(await PassedOnAsync("hermes", null, points));
        Assert.Empty(await PassedOnAsync("other", "hermes.test", points));
    }

    [Fact]
    public async Task Measurements_of_a_target_are_read_by_their_identities()
    {
        var target = await CreateAsync("A");
        await Writer.AppendPhotometryAsync(target, [Rows.Point(1), Rows.Point(2, content: 1), Rows.Point(2, content: 2), Rows.Point(3)]);

        var rows = await new PhotometryTable(Database).ReadAsync(target, [2, 3, 4]);

        Assert.Equal([(2L, 1L), (2L, 2L), (3L, 1L)], rows.Select(row => (row.Identity, row.Content)).Order());
    }

    /// <summary>It is seven seconds past the epoch.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(7);
    }

    private static (long, long, long, long) Counts(ContinuousRow row) => (row.Id, row.Shared, row.LeftOut, row.Waiting);

    private static NewContinuous Hermes(long target) => new(target, "hermes", "hermes.test", "anna", 7);

    private static NewShare Share(long target) => new("hermes", "hermes.test", target, "A", "a title", "{}", "anna", 100, []);

    private async Task<(PointKey, bool)[]> PassedOnAsync(string destination, string? topic, PointKey[] points) =>
        [.. (await Table.PassedOnAsync(destination, topic, points[0].TargetId, points)).Select(pair => (pair.Key, pair.Value)).OrderBy(pair => (pair.Key.Identity, pair.Key.Content))];
}
