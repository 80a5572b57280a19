using TomOrleans.Storage.Replays;
using TomOrleans.Storage.Targets;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Targets;

public sealed class SqliteLateTargetsTests() : LateTargetsTests(new SqliteTestDatabase());

public sealed class PostgreSqlLateTargetsTests(PostgreSqlServer server) : LateTargetsTests(new PostgreSqlTestDatabase(server));

public abstract class LateTargetsTests(ITestDatabase test) : DatabaseTest(test)
{
    private static readonly NewReplay Replay = new("hopskotch", "hermes.test", "hermes", false, "{}", "{}", "ada", 5);

    private TargetTable Table => new(Database, Writer);

    private LateTargets Late => new(Database, Writer);

    [Fact]
    public async Task Added_targets_and_aliases_wait_for_a_search_unless_it_is_not_wanted()
    {
        var a = await Table.AddAsync(Rows.Target("A") with { SearchesLog = true });
        await Table.AddAsync(Rows.Target("B"));
        await Table.CreateAsync(Rows.Target("C"));
        await Table.AddAliasesAsync(a, [new("D", "D")], "ada", 5, searchesLog: true);
        await Late.AskAsync(a, 0.5, "eve", 6);

        Assert.Equal([(a, null, "a test"), (a, null, "ada"), (a, 0.5, "eve")], (await Late.ReadAsync(10)).Select(row => (row.TargetId, row.RadiusDegrees, row.By)));
        await Assert.ThrowsAsync<UnknownTargetException>(() => Late.AskAsync(77, null, "eve", 6));
    }

    [Fact]
    public async Task Target_that_gets_a_name_it_had_not_waits_for_a_search()
    {
        var id = await Table.AddAsync(Rows.Target("A", null, null, "B"));
        await Table.EditAsync(id, Change("a"));
        await Table.EditAsync(id, Change("B"));
        await Table.ReviseAsync(id, new("eve", 6) { RenamedAliases = [(new("a", "A"), new("b", "B"))], Change = Change("B") });
        Assert.Empty(await Late.ReadAsync(10));

        await Table.EditAsync(id, Change("C"));
        await Table.ReviseAsync(id, new("eve", 7) { RenamedAliases = [(new("B", "B"), new("D", "D"))], AddedAliases = [new("E", "E")], Change = Change("F") });

        Assert.Equal([(id, "ada"), (id, "eve")], (await Late.ReadAsync(10)).Select(row => (row.TargetId, row.By)));
    }

    private static TargetChange Change(string name) => new(new(name, name.ToUpperInvariant()), null, null, "ada", 5);

    [Fact]
    public async Task Of_two_that_order_the_replays_one_does()
    {
        await Table.AddAsync(Rows.Target("A") with { SearchesLog = true });
        var waiting = await Late.ReadAsync(10);
        await using var other = await Test.OpenAsync();
        await using var otherWriter = new TomOrleans.Storage.Writing.GroupCommitWriter(other);

        var done = await Task.WhenAll(Late.StartAsync(waiting, [Replay]), new LateTargets(other, otherWriter).StartAsync(waiting, [Replay]));

        Assert.Single(done, isDone => isDone);
        Assert.Single(await new ReplayTable(Database, Writer).ListAsync(10));
        Assert.Empty(await Late.ReadAsync(10));
    }

    [Fact]
    public async Task Target_that_comes_back_is_searched_for_what_it_missed()
    {
        var undos = new TargetUndos(Database, Writer);
        var id = await Table.AddAsync(Rows.Target("A"));
        var undo = await undos.RemoveAsync(id, "ada", 5);

        await undos.UndoAsync(undo.Id, "eve", 6, 0);

        Assert.Equal(id, Assert.Single(await Late.ReadAsync(10)).TargetId);
    }
}
