using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService;
using Orleans.Storage;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Orleans;

public sealed class SqliteOrleansSchemaTests() : OrleansSchemaTests(new SqliteTestDatabase())
{
    [Fact]
    public async Task Write_that_found_the_file_locked_leaves_no_broken_connection_behind()
    {
        await using var silo = await TestSilo.StartAsync(Database, "one", clustered: false);
        var storage = silo.Storage;
        var id = GrainId.Create("counter", "locked");
        var state = new GrainState<CounterState>(new());
        await using (var other = (SqliteConnection)await Database.OrleansDataSource.OpenConnectionAsync())
        {
            await using var hold = other.BeginTransaction(deferred: false);
            await Assert.ThrowsAsync<SqliteException>(() => storage.WriteStateAsync("counter", id, state));
        }

        for (var i = 0; i < 5; i++)
            await storage.WriteStateAsync("counter", id, state);
        Assert.Equal("5", state.ETag);
    }
}

public sealed class PostgreSqlOrleansSchemaTests(PostgreSqlServer server) : OrleansSchemaTests(new PostgreSqlTestDatabase(server))
{
    [Fact]
    public async Task Two_silos_cluster_and_share_the_grains()
    {
        await using var first = await TestSilo.StartAsync(Database, "one", clustered: true);
        await using var second = await TestSilo.StartAsync(Database, "two", clustered: true);
        var management = first.Grains.GetGrain<IManagementGrain>(0);

        var silos = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => first.Grains.GetGrain<ICounterGrain>($"g{i}").SiloAsync()));
        Assert.Equal(["one", "two"], silos.Distinct().Order());
        Assert.Equal(2, (await management.GetHosts(onlyActive: true)).Count);

        // The one that stays sees the other leave, from the table.
        await second.StopAsync();
        Assert.Equal(SiloStatus.Dead, (await management.GetHosts()).Values.Single(status => status != SiloStatus.Active));
        Assert.Equal(1, await first.Grains.GetGrain<ICounterGrain>("g0").AddAsync(1));

        // And a later silo finds only dead ones, joins, and reads what they wrote.
        await using var third = await TestSilo.StartAsync(Database, "three", clustered: true);
        Assert.Equal(1, await third.Grains.GetGrain<ICounterGrain>("g0").GetAsync());
    }

    [Fact]
    public async Task Membership_statements_keep_to_the_table_version()
    {
        // Orleans' table without a silo, which would change the rows of its cluster by itself.
        await using var services = new ServiceCollection().BuildServiceProvider();
        var table = new AdoNetClusteringTable(
            services,
            Options.Create(new ClusterOptions { ClusterId = "nobody", ServiceId = "nobody" }),
            Options.Create(new AdoNetClusteringSiloOptions { Invariant = OrleansSchema.PostgreSqlInvariant, DataSource = Database.OrleansDataSource }),
            NullLogger<AdoNetClusteringTable>.Instance);
        await table.InitializeMembershipTableAsync(true, default);
        await table.InitializeMembershipTableAsync(true, default);
        var before = await table.ReadAllAsync(default);
        var other = SiloAddress.New(new(System.Net.IPAddress.Loopback, 2), 8);
        var entry = new MembershipEntry
        {
            SiloAddress = SiloAddress.New(new(System.Net.IPAddress.Loopback, 1), 7),
            SiloName = "x",
            HostName = "h",
            Status = SiloStatus.Joining,
            ProxyPort = 0,
            StartTime = DateTime.UtcNow.AddDays(-2),
            IAmAliveTime = DateTime.UtcNow.AddDays(-2),
        };

        Assert.False(await table.InsertRowAsync(entry, new TableVersion(before.Version.Version, "999"), default));
        Assert.True(await table.InsertRowAsync(entry, before.Version.Next(), default));
        Assert.False(await table.InsertRowAsync(entry, before.Version.Next(), default));
        var row = await table.ReadRowAsync(entry.SiloAddress, default);
        Assert.Equal((SiloStatus.Joining, "x", before.Version.Version + 1), (row.Members[0].Item1.Status, row.Members[0].Item1.SiloName, row.Version.Version));

        entry.Status = SiloStatus.Dead;
        entry.AddSuspector(other, DateTime.UtcNow);
        Assert.False(await table.UpdateRowAsync(entry, before.Version.VersionEtag, before.Version.Next(), default));
        Assert.True(await table.UpdateRowAsync(entry, row.Members[0].Item2, row.Version.Next(), default));
        var dead = (await table.ReadRowAsync(entry.SiloAddress, default)).Members[0].Item1;
        Assert.Equal((SiloStatus.Dead, other), (dead.Status, Assert.Single(dead.SuspectTimes!).Item1));

        entry.IAmAliveTime = DateTime.UtcNow.AddDays(-1);
        await table.UpdateIAmAliveAsync(entry, default);
        Assert.Equal(entry.IAmAliveTime, (await table.ReadRowAsync(entry.SiloAddress, default)).Members[0].Item1.IAmAliveTime, TimeSpan.FromMilliseconds(1));

        await table.CleanupDefunctSiloEntriesAsync(DateTimeOffset.UtcNow.AddHours(-1), default);
        Assert.Empty((await table.ReadAllAsync(default)).Members);
        await table.DeleteMembershipTableEntriesAsync("nobody", default);
    }
}

public abstract class OrleansSchemaTests(ITestDatabase test) : DatabaseTest(test)
{
    [Fact]
    public async Task Grain_state_is_written_read_and_cleared()
    {
        await using var silo = await TestSilo.StartAsync(Database, "one", clustered: false);
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        Assert.Equal(0, await grain.GetAsync());

        await grain.AddAsync(2);
        await grain.AddAsync(3);
        await grain.ForgetAsync();
        Assert.Equal(5, await grain.GetAsync());

        await grain.ClearAsync();
        await grain.ForgetAsync();
        Assert.Equal(0, await grain.GetAsync());
        Assert.Equal(7, await grain.AddAsync(7));
    }

    [Fact]
    public async Task Grain_state_outlives_the_silo()
    {
        await using (var silo = await TestSilo.StartAsync(Database, "one", clustered: false))
        {
            await silo.Grains.GetGrain<ICounterGrain>("a").AddAsync(4);
        }

        await using var next = await TestSilo.StartAsync(Database, "one", clustered: false);
        Assert.Equal(4, await next.Grains.GetGrain<ICounterGrain>("a").GetAsync());
    }

    [Fact]
    public async Task Of_two_first_writes_of_one_state_one_wins_and_it_can_be_read()
    {
        await using var silo = await TestSilo.StartAsync(Database, "one", clustered: false);
        var storage = silo.Storage;

        await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            var id = GrainId.Create("counter", $"g{i}");
            var writes = await Task.WhenAll(Enumerable.Range(1, 2).Select(value => Task.Run(() =>
                Record.ExceptionAsync(() => storage.WriteStateAsync("counter", id, new GrainState<CounterState>(new() { Value = value }))).AsTask())));
            Assert.Single(writes, failure => failure is null);
            Assert.Single(writes, failure => failure is InconsistentStateException);
            var read = new GrainState<CounterState>(new());
            await storage.ReadStateAsync("counter", id, read);
            Assert.Equal((true, "1"), (read.RecordExists, read.ETag));
        }));
    }

    [Fact]
    public async Task Writes_and_clears_of_an_old_version_are_refused()
    {
        await using var silo = await TestSilo.StartAsync(Database, "one", clustered: false);
        var storage = silo.Storage;
        var id = GrainId.Create("counter", "a");
        var state = new GrainState<CounterState>(new() { Value = 1 });
        await storage.WriteStateAsync("counter", id, state);
        var old = new GrainState<CounterState>(new(), state.ETag) { RecordExists = true };
        await storage.WriteStateAsync("counter", id, state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("counter", id, old));
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("counter", id, old));
        await storage.ClearStateAsync("counter", id, state);
        Assert.Equal("3", state.ETag);
    }

    [Fact]
    public async Task State_cleared_with_its_row_can_be_written_anew()
    {
        await using var silo = await TestSilo.StartAsync(Database, "one", clustered: false);
        var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>(TestSilo.DeletingStorage);
        var id = GrainId.Create("counter", "a");
        var state = new GrainState<CounterState>(new() { Value = 1 });
        await storage.WriteStateAsync("counter", id, state);

        await storage.ClearStateAsync("counter", id, state);
        Assert.Equal((false, null), (state.RecordExists, state.ETag));
        await storage.WriteStateAsync("counter", id, state);

        Assert.Equal("1", state.ETag);
    }

    [Fact]
    public async Task Reminder_is_registered_ticks_and_is_gone_when_unregistered()
    {
        await using var silo = await TestSilo.StartAsync(Database, "one", clustered: false);
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        var name = Guid.NewGuid().ToString("N");

        await grain.RemindAsync(name);
        await grain.RemindAsync("other");
        await CounterGrain.TickOf(name).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(new[] { name, "other" }.Order(), (await grain.RemindersAsync()).Order());
        await grain.UnremindAsync(name);
        Assert.Equal(["other"], await grain.RemindersAsync());
    }

    [Fact]
    public async Task Reminder_rows_are_found_in_their_range_of_the_ring()
    {
        await using var silo = await TestSilo.StartAsync(Database, "one", clustered: false);
        var table = silo.Services.GetRequiredService<IReminderTable>();
        var entries = Enumerable.Range(0, 20).Select(i => new ReminderEntry
        {
            GrainId = GrainId.Create("counter", $"r{i}"),
            ReminderName = "n",
            StartAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            Period = TimeSpan.FromDays(40),
        }).ToArray();
        foreach (var entry in entries)
            entry.ETag = await table.UpsertRow(entry);
        var again = await table.UpsertRow(entries[0]);

        Assert.NotEqual(entries[0].ETag, again);
        Assert.False(await table.RemoveRow(entries[0].GrainId, "n", entries[0].ETag!));
        Assert.True(await table.RemoveRow(entries[0].GrainId, "n", again!));
        var hashes = entries[1..].Select(entry => entry.GrainId.GetUniformHashCode()).Order().ToArray();
        foreach (var (begin, end) in new[] { (hashes[3], hashes[15]), (hashes[15], hashes[3]), (0u, 0u), (0u, uint.MaxValue), (0x70000000u, 0x90000000u) })
        {
            var expected = hashes.Where(hash => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end);
            var found = (await table.ReadRows(begin, end)).Reminders;
            Assert.Equal(expected, found.Select(reminder => reminder.GrainId.GetUniformHashCode()).Order());
        }

        var row = await table.ReadRow(entries[1].GrainId, "n");
        Assert.Equal((entries[1].StartAt, entries[1].Period, entries[1].ETag), (row!.StartAt, row.Period, row.ETag));
        await table.TestOnlyClearTable();
        Assert.Empty((await table.ReadRows(0, 0)).Reminders);
    }
}
