using Microsoft.Data.Sqlite;
using Npgsql;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Parked;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Targets;
using TomOrleans.Storage.Writing;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Writing;

public sealed class SqliteGroupCommitWriterTests() : GroupCommitWriterTests(new SqliteTestDatabase())
{
    [Fact]
    public async Task Locked_file_is_nobody_s_fault_and_the_write_succeeds_when_repeated()
    {
        var target = (await new TargetTable(Database, Writer).CreateAsync(Rows.Target("A"))).Id;
        await using var impatient = new GroupCommitWriter(Database, new() { RetryPauses = [] });
        await using (var other = (SqliteConnection)await Database.DataSource.OpenConnectionAsync())
        {
            await using var hold = other.BeginTransaction(deferred: false);

            await Assert.ThrowsAsync<StorageUnavailableException>(() => impatient.AppendPhotometryAsync(target, [Rows.Point(1)]));
        }

        Assert.Equal([RowFate.New], await impatient.AppendPhotometryAsync(target, [Rows.Point(1)]));
    }
}

public sealed class PostgreSqlGroupCommitWriterTests(PostgreSqlServer server) : GroupCommitWriterTests(new PostgreSqlTestDatabase(server))
{
    [Fact]
    public async Task Connections_that_the_server_ended_are_replaced_without_the_callers_noticing()
    {
        var target = (await new TargetTable(Database, Writer).CreateAsync(Rows.Target("A"))).Id;

        await server.DisconnectAllAsync(((PostgreSqlTestDatabase)Test).ConnectionString!);

        Assert.Equal([RowFate.New], await Writer.AppendPhotometryAsync(target, [Rows.Point(1)]));
    }

    [Fact]
    public async Task Connection_that_is_gone_is_nobody_s_fault_whatever_the_driver_calls_it()
    {
        await using var closed = new NpgsqlConnection(((PostgreSqlTestDatabase)Test).ConnectionString);
        await using var impatient = new GroupCommitWriter(Database, new() { RetryPauses = [] });

        await Assert.ThrowsAsync<StorageUnavailableException>(() => impatient.RunAsync(async _ => await closed.BeginTransactionAsync()));
    }

    [Fact]
    public async Task Two_silos_writing_the_same_targets_and_points_in_any_order_agree()
    {
        await using var other = await Test.OpenAsync();
        await using var otherWriter = new GroupCommitWriter(other);
        var table = new TargetTable(Database, Writer);
        var targets = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i => (await table.CreateAsync(Rows.Target($"T{i}"))).Id));
        Task<IReadOnlyList<RowFate>[]> WriteAsync(GroupCommitWriter writer, int seed)
        {
            var order = targets.SelectMany(t => Enumerable.Range(0, 10).Select(p => (Target: t, Point: p))).ToArray();
            new Random(seed).Shuffle(order);
            return Task.WhenAll(order.Select(o => writer.AppendPhotometryAsync(o.Target, [Rows.Point(o.Point) with { Bandpass = $"b{o.Point}" }])));
        }

        var fates = await Task.WhenAll(Task.Run(() => WriteAsync(Writer, 1)), Task.Run(() => WriteAsync(otherWriter, 2)));

        Assert.Equal(400, fates.SelectMany(f => f).Count(f => f[0] == RowFate.New));
        Assert.Equal(400, fates.SelectMany(f => f).Count(f => f[0] == RowFate.Known));
        Assert.All(await table.GetAsync(targets), row => Assert.Equal(10, row.Points));
    }
}

public abstract class GroupCommitWriterTests(ITestDatabase test) : DatabaseTest(test)
{
    [Fact]
    public async Task Thousand_messages_on_eight_hundred_targets_take_few_transactions()
    {
        var table = new TargetTable(Database, Writer);
        var targets = await Task.WhenAll(Enumerable.Range(0, 800).Select(async i => (await table.CreateAsync(Rows.Target($"T{i}"))).Id));
        var before = Writer.Transactions;

        var fates = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i =>
            Writer.AppendPhotometryAsync(targets[i % 800], [Rows.Point(i, source: Rows.Message(i, i))])));

        Assert.All(fates, fate => Assert.Equal([RowFate.New], fate));
        Assert.InRange(Writer.Transactions - before, 1, 30);
        Assert.Equal((800, 1000), await table.CountAsync());
    }

    [Fact]
    public async Task Poison_item_fails_alone()
    {
        var target = (await new TargetTable(Database, Writer).CreateAsync(Rows.Target("A"))).Id;
        var cursors = await new CursorTable(Database, Writer).ClaimAsync([new(Rows.Cursor("good"), "s", 0, null), new(Rows.Cursor("bad"), "s", 0, null)]);

        var points = Enumerable.Range(0, 50).Select(i => Writer.AppendPhotometryAsync(target, [Rows.Point(i)])).ToArray();
        var bad = Writer.MoveCursorAsync(Rows.Move(cursors[1], 10, Rows.Parked(1) with { Reason = null! }));
        var good = Writer.MoveCursorAsync(Rows.Move(cursors[0], 10, Rows.Parked(1)));

        var fault = await Assert.ThrowsAsync<StorageException>(() => bad);
        Assert.IsNotType<StorageUnavailableException>(fault);
        Assert.True(await good);
        Assert.All(await Task.WhenAll(points), fates => Assert.Equal([RowFate.New], fates));
        Assert.Equal([0L, 10L], (await new CursorTable(Database, Writer).ReadAllAsync()).Select(row => row.NextOffset));
        Assert.Equal("good", Assert.Single((await new ParkedTable(Database).ListAsync(new(null, null, null, 9, 0))).Rows).Handler.Handler);
    }

    [Fact]
    public async Task Work_that_throws_is_undone_alone_and_its_exception_comes_through()
    {
        var (entered, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var hold = Writer.RunAsync(async _ =>
        {
            entered.SetResult();
            await go.Task;
            return 0;
        });
        await entered.Task;
        var before = Writer.Transactions;

        var first = InsertAsync("a", null);
        var thrower = InsertAsync("b", new InvalidOperationException("mine"));
        var twice = InsertAsync("a", null);
        var last = InsertAsync("c", null);
        go.SetResult();
        await hold;

        Assert.Equal("a", await first);
        Assert.Equal("c", await last);
        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidOperationException>(() => thrower)).Message);
        await Assert.ThrowsAsync<StorageException>(() => twice);
        Assert.Equal(before + 2, Writer.Transactions);
        Assert.Equal(["a", "c"], await Database.ReadAsync(reader => reader.Sql("SELECT normalised FROM target_name ORDER BY 1").ListAsync(r => r.GetString(0))));
    }

    [Fact]
    public async Task What_is_queued_is_written_before_the_writer_ends_and_later_writes_fail()
    {
        var target = (await new TargetTable(Database, Writer).CreateAsync(Rows.Target("A"))).Id;
        var writer = new GroupCommitWriter(Database);

        var queued = Enumerable.Range(0, 100).Select(i => writer.AppendPhotometryAsync(target, [Rows.Point(i)])).ToArray();
        await writer.DisposeAsync();

        Assert.All(queued, task => Assert.True(task.IsCompletedSuccessfully || !task.IsFaulted));
        Assert.All(await Task.WhenAll(queued), fates => Assert.Equal([RowFate.New], fates));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => writer.AppendPhotometryAsync(target, [Rows.Point(1)]));
    }

    [Fact]
    public async Task Callers_wait_for_room_and_lose_nothing()
    {
        var target = (await new TargetTable(Database, Writer).CreateAsync(Rows.Target("A"))).Id;
        await using var small = new GroupCommitWriter(Database, new() { QueueCapacity = 2, MaxItems = 3 });

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => small.AppendPhotometryAsync(target, [Rows.Point(i)])));

        Assert.Equal((60, 60), ((await new PhotometryTable(Database).ReadAsync(target)).Count, small.Items));
    }

    private Task<string> InsertAsync(string name, Exception? failure) => Writer.RunAsync(async context =>
    {
        await context.Sql("INSERT INTO target (name, created_us, created_by) VALUES (@name, 0, '')").With("name", name).ExecuteAsync();
        await context.Sql("INSERT INTO target_name (normalised, name, target_id, ordinal) SELECT @name, @name, max(id), 0 FROM target").With("name", name).ExecuteAsync();
        return failure is null ? name : throw failure;
    });
}
