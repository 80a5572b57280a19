using TomOrleans.Storage.Targets;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Targets;

public sealed class SqliteTargetChangesTests() : TargetChangesTests(new SqliteTestDatabase());

public sealed class PostgreSqlTargetChangesTests(PostgreSqlServer server) : TargetChangesTests(new PostgreSqlTestDatabase(server));

public abstract class TargetChangesTests(ITestDatabase test) : DatabaseTest(test)
{
    private TargetTable Table => new(Database, Writer);

    private TargetLists Lists => new(Database, Writer);

    [Fact]
    public async Task Added_target_has_all_that_was_given()
    {
        var id = await Table.AddAsync(Rows.Target("SN2026abc", 0, 0, "ZTF26a") with
        {
            Type = 1,
            Details = """{"elements":{"eccentricity":0}}""",
            Extras = [new("host", "NGC 1"), new("redshift", "0")],
            Lists = [new("Follow up", "follow up")],
        });

        var row = Assert.Single(await Table.GetAsync([id]));
        Assert.Equal((1, """{"elements":{"eccentricity":0}}"""), (row.Type, row.Details));
        Assert.Equal([new("host", "NGC 1", 1), new("redshift", "0", 2)], row.Extras);
        Assert.Equal("Follow up", Assert.Single(row.Lists).Name);
        Assert.Equal([1], row.AliasOrdinals);
        Assert.Equal((1_000L, "a test"), (row.ModifiedMicroseconds, row.ModifiedBy));

        // What moves is not found by its place.
        Assert.Empty(await Table.FindInConeAsync(0, 0, 1));
    }

    [Fact]
    public async Task Name_or_alias_of_another_is_refused_and_nothing_is_made()
    {
        var holder = await Table.AddAsync(Rows.Target("A", null, null, "B"));

        var byName = await Assert.ThrowsAsync<NameTakenException>(() => Table.AddAsync(Rows.Target("b")));
        await Assert.ThrowsAsync<NameTakenException>(() => Table.AddAsync(Rows.Target("C", 1, 2, "D", "a")));

        Assert.Equal((holder, "A"), (byName.HolderId, byName.Holder));
        Assert.Equal((1, 0), await Table.CountAsync());
        Assert.Empty(await Table.ResolveAsync(["C", "D"]));
    }

    [Fact]
    public async Task Edit_replaces_the_facts_and_keeps_the_name_before_as_an_alias()
    {
        var id = await Table.AddAsync(Rows.Target("AT2026x", 10, 20, "ZTF26a") with { Extras = [new("host", "NGC 1"), new("z", "0.1")] });

        await Table.EditAsync(id, Change("SN2026x", 30, -40) with { Extras = [new("z", "0.2"), new("type", "Ia")], Details = "{}" });

        var row = Assert.Single(await Table.GetAsync([id]));
        Assert.Equal(("SN2026x", 30, -40, "{}"), (row.Name, row.RightAscension, row.Declination, row.Details));
        Assert.Equal(["ZTF26a", "AT2026x"], row.Aliases);
        Assert.Equal([new("z", "0.2", 2), new("type", "Ia", 4)], row.Extras);
        Assert.Equal(("an editor", 2_000L), (row.ModifiedBy, row.ModifiedMicroseconds));
        Assert.Empty(await Table.FindInConeAsync(10, 20, 1));
        Assert.Equal(id, Assert.Single(await Table.FindInConeAsync(30, -40, 0.001)).Id);
    }

    [Fact]
    public async Task Edit_of_what_somebody_changed_meanwhile_is_refused()
    {
        var id = await Table.AddAsync(Rows.Target("A", 1, 2));
        await Table.EditAsync(id, Change("A", 3, 4) with { IfModifiedMicroseconds = 1_000 });

        var refused = await Assert.ThrowsAsync<TargetChangedException>(() => Table.EditAsync(id, Change("A", 5, 6) with { IfModifiedMicroseconds = 1_000 }));

        Assert.Contains("an editor", refused.Message, StringComparison.Ordinal);
        Assert.Equal(3, Assert.Single(await Table.GetAsync([id])).RightAscension);
    }

    [Fact]
    public async Task Two_changes_in_one_microsecond_are_told_apart()
    {
        var id = await Table.AddAsync(Rows.Target("A", 1, 2));
        await Table.EditAsync(id, Change("A", 3, 4));
        var read = Assert.Single(await Table.GetAsync([id])).ModifiedMicroseconds;

        await Table.EditAsync(id, Change("A", 5, 6));

        await Assert.ThrowsAsync<TargetChangedException>(() => Table.EditAsync(id, Change("A", 7, 8) with { IfModifiedMicroseconds = read }));
    }

    [Fact]
    public async Task Alias_becomes_the_name_and_the_name_an_alias()
    {
        var id = await Table.AddAsync(Rows.Target("AT2026x", null, null, "SN2026x", "ZTF26a"));

        await Table.EditAsync(id, Change("Sn2026X"));

        var row = Assert.Single(await Table.GetAsync([id]));
        Assert.Equal(("Sn2026X", "AT2026x,ZTF26a"), (row.Name, string.Join(',', row.Aliases)));
        Assert.Equal(3, (await Table.ResolveAsync(["AT2026X", "SN2026X", "ZTF26A"])).Count);
    }

    [Fact]
    public async Task Aliases_are_added_all_or_none()
    {
        await Table.AddAsync(Rows.Target("other"));
        var id = await Table.AddAsync(Rows.Target("A", null, null, "B"));

        await Table.AddAliasesAsync(id, [Name("b"), Name("C"), Name("c")], "x", 5, searchesLog: true);
        await Assert.ThrowsAsync<NameTakenException>(() => Table.AddAliasesAsync(id, [Name("D"), Name("OTHER")], "x", 6, searchesLog: true));

        Assert.Equal(["B", "C"], Assert.Single(await Table.GetAsync([id])).Aliases);
    }

    [Fact]
    public async Task Revision_that_cannot_be_whole_leaves_everything_as_it_was()
    {
        await Table.AddAsync(Rows.Target("other"));
        var id = await Table.AddAsync(Rows.Target("A", 1, 2, "B"));

        await Assert.ThrowsAsync<NameTakenException>(() => Table.ReviseAsync(id, new("x", 5)
        {
            Change = Change("A", 3, 4),
            RenamedAliases = [(Name("B"), Name("Other"))],
            AddedAliases = [Name("C")],
            Lists = [List("list")],
        }));
        await Assert.ThrowsAsync<TargetConflictException>(() => Table.ReviseAsync(id, new("x", 5) { AddedAliases = [Name("C")], RenamedAliases = [(Name("A"), Name("D"))] }));

        var row = Assert.Single(await Table.GetAsync([id]));
        Assert.Equal(("A", 1, "B", 1_000L), (row.Name, row.RightAscension, Assert.Single(row.Aliases), row.ModifiedMicroseconds));
        Assert.Null(await Lists.FindAsync("list"));
        Assert.Empty(await new LateTargets(Database, Writer).ReadAsync(10));
    }

    [Fact]
    public async Task Renamed_aliases_keep_their_ordinals_and_may_change_places()
    {
        var id = await Table.AddAsync(Rows.Target("A", null, null, "B", "C", "D"));
        var epoch = await Table.NameEpochAsync();

        await Table.ReviseAsync(id, new("x", 5) { RenamedAliases = [(Name("B"), Name("c")), (Name("C"), Name("b")), (Name("D"), Name("a"))], AddedAliases = [Name("E"), Name("A")], Lists = [List("list")] });

        var row = Assert.Single(await Table.GetAsync([id]));
        Assert.Equal([("c", 1), ("b", 2), ("E", 3)], row.Aliases.Zip(row.AliasOrdinals));
        Assert.Equal(("list", epoch + 1, "x"), (Assert.Single(row.Lists).Name, await Table.NameEpochAsync(), row.ModifiedBy));
    }

    [Fact]
    public async Task Name_that_an_alias_leaves_can_become_the_targets_own()
    {
        var id = await Table.AddAsync(Rows.Target("A", null, null, "B"));

        await Table.ReviseAsync(id, new("x", 5) { RenamedAliases = [(Name("B"), Name("C"))], Change = Change("B") });

        var row = Assert.Single(await Table.GetAsync([id]));
        Assert.Equal(("B", "C,A"), (row.Name, string.Join(',', row.Aliases)));
    }

    [Fact]
    public async Task Removed_alias_is_free_and_moves_the_epoch_of_names()
    {
        var id = await Table.AddAsync(Rows.Target("A", null, null, "B", "C"));
        var epoch = await Table.NameEpochAsync();

        await Table.RemoveAliasesAsync(id, [Name("B")], "x", 5);
        await Assert.ThrowsAsync<TargetConflictException>(() => Table.RemoveAliasesAsync(id, [Name("C"), Name("A")], "x", 6));

        Assert.Equal(["C"], Assert.Single(await Table.GetAsync([id])).Aliases);
        Assert.Equal(epoch + 1, await Table.NameEpochAsync());
        await Table.AddAsync(Rows.Target("b"));
    }

    [Fact]
    public async Task Unknown_target_is_refused()
    {
        await Assert.ThrowsAsync<UnknownTargetException>(() => Table.EditAsync(77, Change("A")));
        await Assert.ThrowsAsync<UnknownTargetException>(() => Table.AddAliasesAsync(77, [Name("A")], "x", 1, searchesLog: true));
    }

    [Fact]
    public async Task Names_are_resolved_with_the_main_names()
    {
        var id = await Table.AddAsync(Rows.Target("SN2026abc", null, null, "ZTF26a"));

        Assert.Equal(new Dictionary<string, (long, string)> { ["ZTF26A"] = (id, "SN2026abc") }, await Table.ResolveNamesAsync(["ZTF26A", "NOBODY"]));
    }

    [Fact]
    public async Task Lists_hold_targets_and_are_filled_renamed_and_removed()
    {
        var a = await Table.AddAsync(Rows.Target("A"));
        var b = await Table.AddAsync(Rows.Target("B") with { Type = 1 });
        await Lists.AddAsync(List("Follow up"), [a, b], "ada", 5);
        await Lists.AddAsync(List("FOLLOW UP"), [a], "eve", 6);
        await Lists.AddAsync(List("empty"), [], "eve", 7);
        var list = (await Lists.FindAsync("follow up"))!;

        Assert.Equal(("Follow up", 2, "ada"), (list.Name, list.Targets, list.CreatedBy));
        Assert.Equal(["empty", "Follow up"], (await Lists.ReadAsync()).Select(row => row.Name));
        Assert.Equal([a, b], (await Table.ListAsync(new(null, null, false, 10, 0) { ListId = list.Id })).Rows.Select(row => row.Id));
        Assert.Equal([b], (await Table.ListAsync(new(null, null, false, 10, 0) { ListId = list.Id, Type = 1 })).Rows.Select(row => row.Id));
        await Assert.ThrowsAsync<UnknownTargetException>(() => Lists.AddAsync(List("x"), [a, 77], "ada", 5));
        Assert.Null(await Lists.FindAsync("x"));
        await Assert.ThrowsAsync<TargetConflictException>(() => Lists.RenameAsync("empty", List("follow UP")));

        Assert.True(await Lists.TakeOutAsync("follow up", [a, 99]));
        Assert.True(await Lists.RenameAsync("follow up", List("Followed")));
        Assert.Equal(1, (await Lists.FindAsync("followed"))!.Targets);
        Assert.True(await Lists.RemoveAsync("followed"));
        Assert.False(await Lists.RemoveAsync("followed"));
        Assert.Empty(Assert.Single(await Table.GetAsync([b])).Lists);
    }

    [Fact]
    public async Task Targets_with_any_of_some_texts_are_listed_once_and_counted_whole()
    {
        foreach (var name in (string[])["SN1", "SN2", "AT1", "X"])
            await Table.AddAsync(Rows.Target(name, null, null, $"{name}-ALIAS"));

        var (total, rows) = await Table.ListAsync(new(null, null, false, 2, 1) { AnyOfTexts = ["SN", "1", "NOBODY"] });

        Assert.Equal((3, "SN1,SN2"), (total, string.Join(',', rows.Select(row => row.Name))));
    }

    [Fact]
    public async Task Targets_are_found_by_their_extra_fields()
    {
        var a = await Table.AddAsync(Rows.Target("A") with { Extras = [new("host", "NGC 1"), new("z", "0")] });
        await Table.AddAsync(Rows.Target("B") with { Extras = [new("z", "NGC 1")] });

        async Task<string> FindAsync(string? key, string? value) =>
            string.Join(',', (await Table.ListAsync(new(null, null, false, 10, 0) { ExtraKey = key, ExtraValue = value })).Rows.Select(row => row.Name));

        Assert.Equal("A,B", await FindAsync("z", null));
        Assert.Equal("A,B", await FindAsync(null, "NGC 1"));
        Assert.Equal("A", await FindAsync("host", "NGC 1"));
        Assert.Equal("", await FindAsync("host", "0"));
        Assert.Equal([a], await Table.FilterAsync(new(null, null, false, 0, 0) { ExtraKey = "host" }));
    }

    private static TargetChange Change(string name, double? rightAscension = null, double? declination = null) =>
        new(Name(name), rightAscension, declination, "an editor", 2_000);

    private static TargetNameEntry Name(string name) => new(name, name.ToUpperInvariant());

    private static TargetNameEntry List(string name) => new(name, name.ToLowerInvariant());
}
