using FsCheck.Fluent;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Sharing;
using TomOrleans.Storage.Targets;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Targets;

public sealed class SqliteTargetUndosTests() : TargetUndosTests(new SqliteTestDatabase());

public sealed class PostgreSqlTargetUndosTests(PostgreSqlServer server) : TargetUndosTests(new PostgreSqlTestDatabase(server));

public abstract class TargetUndosTests(ITestDatabase test) : DatabaseTest(test)
{
    private TargetTable Table => new(Database, Writer);

    private TargetUndos Undos => new(Database, Writer);

    private PhotometryTable Photometry => new(Database);

    [Fact]
    public async Task Merged_target_gives_the_other_its_points_names_lists_and_fields()
    {
        var (from, into) = await TwoAsync();
        await AppendAsync(from, Rows.Point(1, time: 10), Rows.Point(2, content: 1, time: 20), Rows.Point(3, time: 5));
        await AppendAsync(into, Rows.Point(2, content: 1, time: 20), Rows.Point(4, time: 30));

        var merged = await Undos.MergeAsync(from, into, "ada", 50);

        Assert.Equal((2, 1), (merged.Moved, merged.Common));
        Assert.Empty(await Table.GetAsync([from]));
        var row = Assert.Single(await Table.GetAsync([into]));
        Assert.Equal((4, 5, 30), (row.Points, row.FirstMicroseconds, row.LastMicroseconds));
        Assert.Equal(["INTO2", "FROM", "FROM2"], row.Aliases);
        Assert.Equal([new("host", "NGC 1"), new("z", "0")], row.Extras.Select(extra => extra with { Ordinal = 0 }));
        Assert.Equal(["both", "first"], row.Lists.Select(list => list.Name));
        Assert.Equal([1L, 2, 3, 4], (await Photometry.ReadAsync(into)).Select(point => point.Identity).Order());
        Assert.Equal(new Dictionary<string, long> { ["FROM"] = into, ["FROM2"] = into, ["INTO"] = into }, await Table.ResolveAsync(["FROM", "FROM2", "INTO"]));
        Assert.Equal([into], (await Table.FindInConeAsync(10, 20, 1)).Select(hit => hit.Id));
        Assert.Equal((1, 4), await Table.CountAsync());
        Assert.Equal(into, await Undos.SuccessorAsync(from));
        await Assert.ThrowsAsync<UnknownTargetException>(() => AppendAsync(from, Rows.Point(9)));
    }

    [Fact]
    public async Task Undone_merge_leaves_both_as_they_were()
    {
        var (from, into) = await TwoAsync();
        await AppendAsync(from, Rows.Point(1, time: 10), Rows.Point(2, content: 1, time: 20), Rows.Point(2, content: 2, time: 20));
        await AppendAsync(into, Rows.Point(2, content: 1, time: 20), Rows.Point(2, content: 3, time: 20), Rows.Point(4, time: 30));
        var before = await StateAsync(from, into);
        var merged = await Undos.MergeAsync(from, into, "ada", 50);

        var undone = await Undos.UndoAsync(merged.Undo.Id, "eve", 60, notBefore: 0);

        Assert.Empty(undone!.LostAliases);
        Assert.Equal(before, await StateAsync(from, into));
        Assert.Null(await Undos.UndoAsync(merged.Undo.Id, "eve", 70, notBefore: 0));
        Assert.Empty(await Undos.ListAsync(0, 10));
        await AppendAsync(from, Rows.Point(9));
    }

    [Fact]
    public async Task What_came_after_a_merge_stays_with_the_other_but_for_revisions_of_its_points()
    {
        var (from, into) = await TwoAsync();
        await AppendAsync(from, Rows.Point(1), Rows.Point(2));
        await AppendAsync(into, Rows.Point(2));
        var merged = await Undos.MergeAsync(from, into, "ada", 50);
        await AppendAsync(into, Rows.Point(1, content: 7), Rows.Point(2, content: 7), Rows.Point(3));

        await Undos.UndoAsync(merged.Undo.Id, "eve", 60, notBefore: 0);

        Assert.Equal("1/1 1/7 2/1", await KeysAsync(from));
        Assert.Equal("2/1 2/7 3/1", await KeysAsync(into));
        Assert.Equal([2L, 2L], (await Table.GetAsync([from, into])).Select(row => row.Points));
    }

    [Fact]
    public async Task Value_stated_again_after_a_merge_is_shown_after_the_undo_too()
    {
        var (from, into) = await TwoAsync();
        await AppendAsync(from, Rows.Point(1, content: 1, source: Rows.Message(1, 10)), Rows.Point(1, content: 2, source: Rows.Message(2, 20)));
        var merged = await Undos.MergeAsync(from, into, "ada", 50);
        await AppendAsync(into, Rows.Point(1, content: 1, source: Rows.Message(3, 30)));

        await Undos.UndoAsync(merged.Undo.Id, "eve", 60, notBefore: 0);

        Assert.Equal(30, (await Photometry.ReadAsync(from)).Single(row => row.Content == 1).Source!.TimeMicroseconds);
    }

    [Fact]
    public async Task Measurement_that_two_merges_brought_stays_until_both_are_undone()
    {
        var (a, into) = await TwoAsync();
        var c = await Table.AddAsync(Rows.Target("C"));
        await AppendAsync(a, Rows.Point(1));
        await AppendAsync(c, Rows.Point(1));
        var first = await Undos.MergeAsync(a, into, "ada", 50);
        var second = await Undos.MergeAsync(c, into, "ada", 51);

        await Undos.UndoAsync(first.Undo.Id, "eve", 60, notBefore: 0);
        Assert.Equal(("1/1", "1/1"), (await KeysAsync(a), await KeysAsync(into)));

        await Undos.UndoAsync(second.Undo.Id, "eve", 61, notBefore: 0);
        Assert.Equal(("1/1", "1/1"), (await KeysAsync(a), await KeysAsync(c)));
    }

    [Fact]
    public async Task Shares_go_with_a_merge_and_come_back()
    {
        var (from, into) = await TwoAsync();
        await AppendAsync(from, Rows.Point(1));
        var outbox = new OutboxTable(Database, Writer);
        var share = await outbox.QueueAsync(new("hermes", "t", from, "FROM", "title", "{}", "ada", 1, [new(from, 1, 1)]));
        var own = await outbox.QueueAsync(new("hermes", "t", into, "INTO", "title", "{}", "ada", 1, [new(into, 5, 1)]));

        var merged = await Undos.MergeAsync(from, into, "ada", 50);
        Assert.Equal((into, into), ((await outbox.GetAsync(share))!.TargetId, (await outbox.GetAsync(own))!.TargetId));
        Assert.Equal([new(into, 1, 1), new(into, 5, 1)], (await outbox.PointsOnTheirWayAsync("hermes", "t", into)).OrderBy(key => key.Identity));

        await Undos.UndoAsync(merged.Undo.Id, "eve", 60, notBefore: 0);
        Assert.Equal((from, into), ((await outbox.GetAsync(share))!.TargetId, (await outbox.GetAsync(own))!.TargetId));
        Assert.Equal([new(from, 1, 1)], await outbox.PointsOnTheirWayAsync("hermes", "t", from));
    }

    [Fact]
    public async Task Removed_target_is_gone_with_its_points_and_comes_back_with_them()
    {
        var (from, _) = await TwoAsync();
        await AppendAsync(from, Rows.Point(1, time: 10), Rows.Point(2, time: 20));
        var before = await StateAsync(from);
        var epoch = await Table.NameEpochAsync();

        var undo = await Undos.RemoveAsync(from, "ada", 50);

        Assert.Equal((2, "FROM", false), (undo.Points, undo.Name, undo.IsMerge));
        Assert.Equal(undo, Assert.Single(await Undos.ListAsync(0, 10)));
        Assert.Empty(await Table.GetAsync([from]));
        Assert.Empty(await Table.ResolveAsync(["FROM", "FROM2"]));
        Assert.Empty(await Table.FindInConeAsync(10, 20, 0.1));
        Assert.Equal((1, 0), await Table.CountAsync());
        Assert.Equal(epoch + 1, await Table.NameEpochAsync());
        Assert.Null(await Undos.SuccessorAsync(from));
        Assert.True(await Undos.IsGoneAsync(from));
        await Assert.ThrowsAsync<UnknownTargetException>(() => AppendAsync(from, Rows.Point(9)));
        await Assert.ThrowsAsync<UnknownTargetException>(() => Undos.RemoveAsync(from, "ada", 51));

        await Undos.UndoAsync(undo.Id, "eve", 60, notBefore: 0);
        Assert.Equal(before, await StateAsync(from));
    }

    [Fact]
    public async Task Target_whose_name_is_taken_does_not_come_back_but_one_whose_alias_is_does()
    {
        var (from, into) = await TwoAsync();
        var undo = await Undos.RemoveAsync(from, "ada", 50);
        var taker = await Table.AddAsync(Rows.Target("from"));

        await Assert.ThrowsAsync<NameTakenException>(() => Undos.UndoAsync(undo.Id, "eve", 60, notBefore: 0));
        Assert.Empty(await Table.GetAsync([from]));

        await Undos.RemoveAsync(taker, "ada", 61);
        await Table.AddAliasesAsync(into, [new("from2", "FROM2")], "ada", 62, searchesLog: false);
        Assert.Equal(["FROM2"], (await Undos.UndoAsync(undo.Id, "eve", 63, notBefore: 0))!.LostAliases);
        Assert.Empty(Assert.Single(await Table.GetAsync([from])).Aliases);
    }

    [Fact]
    public async Task Merge_into_what_was_merged_since_is_undone_in_turn()
    {
        var (a, b) = await TwoAsync();
        var c = await Table.AddAsync(Rows.Target("C"));
        await AppendAsync(a, Rows.Point(1));
        var first = await Undos.MergeAsync(a, b, "ada", 50);
        var second = await Undos.MergeAsync(b, c, "ada", 51);
        Assert.Equal(c, await Undos.SuccessorAsync(a));

        await Assert.ThrowsAsync<TargetConflictException>(() => Undos.UndoAsync(first.Undo.Id, "eve", 60, notBefore: 0));
        await Undos.UndoAsync(second.Undo.Id, "eve", 61, notBefore: 0);
        await Undos.UndoAsync(first.Undo.Id, "eve", 62, notBefore: 0);

        Assert.Equal(("1/1", "", ""), (await KeysAsync(a), await KeysAsync(b), await KeysAsync(c)));
        Assert.Equal([a, b, c], (await Table.ResolveAsync(["FROM", "INTO", "C"])).OrderBy(pair => pair.Value).Select(pair => pair.Value));
    }

    [Fact]
    public async Task Nobody_undoes_what_is_too_old()
    {
        var (from, _) = await TwoAsync();
        var undo = await Undos.RemoveAsync(from, "ada", 50);

        Assert.Null(await Undos.UndoAsync(undo.Id, "eve", 60, notBefore: 51));
        Assert.Empty(await Undos.ListAsync(51, 10));
    }

    [Fact]
    public async Task Sweep_deletes_what_can_no_longer_be_undone_and_nothing_else()
    {
        var (from, into) = await TwoAsync();
        var removed = await Table.AddAsync(Rows.Target("R", 1, 1) with { Extras = [new("k", "v")], Lists = [new("first", "first")] });
        var later = await Table.AddAsync(Rows.Target("L"));
        await AppendAsync(from, [.. Enumerable.Range(1, 25).Select(i => Rows.Point(i))]);
        await AppendAsync(removed, Rows.Point(1));
        await AppendAsync(later, Rows.Point(1));
        await Undos.MergeAsync(from, into, "ada", 50);
        await Undos.RemoveAsync(removed, "ada", 51);
        var kept = await Undos.RemoveAsync(later, "ada", 52);

        while (await Undos.SweepAsync(before: 52, most: 10))
        {
        }

        Assert.Equal([25L], (await Table.GetAsync([into])).Select(row => row.Points));
        Assert.Equal(25, (await Photometry.ReadAsync(into)).Count);
        Assert.Empty(await Photometry.ReadAsync(from));
        Assert.Empty(await Photometry.ReadAsync(removed));
        Assert.Equal(into, await Undos.SuccessorAsync(from));
        Assert.False(await Undos.IsGoneAsync(removed));
        Assert.Equal(kept, Assert.Single(await Undos.ListAsync(0, 10)));
        Assert.NotNull(await Undos.UndoAsync(kept.Id, "eve", 60, notBefore: 0));
        Assert.Equal("1/1", await KeysAsync(later));
    }

    [Fact]
    public async Task Whatever_both_hold_a_merge_keeps_every_value_and_its_undoing_gives_both_back()
    {
        const int Examples = 10;

        // Few identities, contents and messages, so that the two often hold the same measurement, or values of it.
        var row = from identity in Gen.Choose(1, 6)
                  from content in Gen.Choose(1, 3)
                  from message in Gen.Choose(0, 2)
                  select Rows.Point(identity, content, time: identity * 10, message == 0 ? null : Rows.Message(offset: message, time: message));
        foreach (var (number, example) in row.ListOf().Zip(row.ListOf()).Sample(Examples, 8).Index())
        {
            var (from, into) = (await Table.AddAsync(Rows.Target($"FROM{number}", 10, 20)), await Table.AddAsync(Rows.Target($"INTO{number}", 10, 20)));
            await AppendAsync(from, [.. example.Item1]);
            await AppendAsync(into, [.. example.Item2]);
            var (before, held) = (await StateAsync(from, into), (await Photometry.ReadAsync(from)).Concat(await Photometry.ReadAsync(into)).Select(point => (point.Identity, point.Content)).Distinct().Order().ToArray());

            var merged = await Undos.MergeAsync(from, into, "ada", 50);
            Assert.Equal(held, (await Photometry.ReadAsync(into)).Select(point => (point.Identity, point.Content)).Order());

            await Undos.UndoAsync(merged.Undo.Id, "eve", 60, notBefore: 0);
            Assert.Equal(before, await StateAsync(from, into));
        }
    }

    private async Task<(long From, long Into)> TwoAsync()
    {
        var from = await Table.AddAsync(Rows.Target("FROM", 10, 20, "FROM2") with { Extras = [new("z", "0"), new("host", "another")], Lists = [new("both", "both"), new("first", "first")] });
        var into = await Table.AddAsync(Rows.Target("INTO", 10.5, 20, "INTO2") with { Extras = [new("host", "NGC 1")], Lists = [new("both", "both")] });
        return (from, into);
    }

    private Task<IReadOnlyList<RowFate>> AppendAsync(long target, params PhotometryRow[] rows) => Writer.AppendPhotometryAsync(target, rows);

    private async Task<string> KeysAsync(long target) =>
        string.Join(' ', (await Photometry.ReadAsync(target)).OrderBy(row => row.Identity).ThenBy(row => row.Content).Select(row => $"{row.Identity}/{row.Content}"));

    /// <summary>All that a target is, but when and by whom it was changed.</summary>
    private async Task<string> StateAsync(params long[] ids)
    {
        var states = new List<string>();
        foreach (var row in await Table.GetAsync(ids))
        {
            states.Add(string.Join('\n',
                $"{row.Id} {row.Name} {row.RightAscension} {row.Declination} {row.Points} {row.FirstMicroseconds} {row.LastMicroseconds}",
                string.Join(',', row.Aliases.Zip(row.AliasOrdinals)),
                string.Join(',', row.Extras),
                string.Join(',', row.Lists),
                await KeysAsync(row.Id),
                (await Table.FindInConeAsync(row.RightAscension!.Value, row.Declination!.Value, 1e-6)).Count));
        }

        return string.Join("\n\n", states);
    }
}
