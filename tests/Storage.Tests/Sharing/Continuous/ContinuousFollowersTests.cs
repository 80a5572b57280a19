using TomOrleans.Storage.Sharing;
using TomOrleans.Storage.Spectra;
using TomOrleans.Storage.Targets;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Sharing.Continuous;

public sealed class SqliteContinuousFollowersTests() : ContinuousFollowersTests(new SqliteTestDatabase());

public sealed class PostgreSqlContinuousFollowersTests(PostgreSqlServer server) : ContinuousFollowersTests(new PostgreSqlTestDatabase(server));

/// <summary>Orders follow what they are for: the members of a list, and a target into the one that it is merged into.</summary>
public abstract class ContinuousFollowersTests(ITestDatabase test) : ContinuousTest(test)
{
    [Fact]
    public async Task The_order_of_a_list_is_for_whoever_is_in_it_when_a_value_comes()
    {
        var (member, late, other) = (await CreateAsync("A"), await CreateAsync("B"), await CreateAsync("C"));
        var lists = new TargetLists(Database, Writer);
        await lists.AddAsync(new("Bright", "BRIGHT"), [member], "anna", 1);
        await Writer.AppendPhotometryAsync(member, [Rows.Point(1)]);
        var list = (await lists.FindAsync("BRIGHT"))!.Id;

        var order = await Table.AddAsync(new(0, "hermes", "hermes.test", "anna", 7) { ListId = list }, existing: true);
        Assert.Equal((true, 1, "Bright", list), (order.IsNew, order.Existing, order.Row.Name, order.Row.ListId));
        Assert.False((await Table.AddAsync(new(0, "hermes", "hermes.test", "anna", 8) { ListId = list }, existing: false)).IsNew);
        await OrderAsync(member);
        foreach (var target in (long[])[member, late, other])
            await Writer.AppendPhotometryAsync(target, [Rows.Point(2)]);
        await lists.AddAsync(new("Bright", "BRIGHT"), [late], "anna", 2);
        await lists.TakeOutAsync("BRIGHT", [member]);
        foreach (var target in (long[])[member, late, other])
            await Writer.AppendPhotometryAsync(target, [Rows.Point(3)]);

        var ofList = (await Table.WaitingAsync()).Where(waiting => waiting.ContinuousId == order.Row.Id).ToList();
        var points = new List<PointKey>();
        foreach (var waiting in ofList)
            points.AddRange((await Table.ItemsAsync(waiting, 10)).Select(item => item.Point));
        Assert.Equal([new(member, 1, 1), new(member, 2, 1), new PointKey(late, 3, 1)], points.OrderBy(point => (point.TargetId, point.Identity)));
        Assert.Equal(2, (await Table.ListAsync()).Count);
        Assert.Equal([order.Row.Id], (await Table.ListAsync(targetId: late)).Select(row => row.Id));
        await lists.RemoveAsync("BRIGHT");
        Assert.Single(await Table.ListAsync());
    }

    [Fact]
    public async Task In_a_merge_orders_and_what_waits_go_along_and_come_back_when_it_is_undone()
    {
        var (from, into) = (await CreateAsync("A"), await CreateAsync("B"));
        var (first, second) = (await OrderAsync(from), await OrderAsync(from, "other", null));
        await OrderAsync(into, "other", null);
        await Writer.AppendPhotometryAsync(from, [Rows.Point(1)]);

        var moved = await Writer.RunAsync(context => TargetFollowers.MoveAsync(context, from, into));

        Assert.Equal([first], moved.Orders);
        Assert.Equal([into], (await Table.WaitingAsync()).Where(waiting => waiting.ContinuousId == first).Select(waiting => waiting.TargetId));
        Assert.Equal([new PointKey(into, 1, 1)], (await Table.ItemsAsync((await Table.WaitingAsync()).Single(waiting => waiting.ContinuousId == first), 10)).Select(item => item.Point));
        await Writer.RunAsync(async context =>
        {
            await moved.MoveBackAsync(context, from, into);
            return true;
        });
        Assert.Equal([first, second], (await Table.ListAsync(targetId: from)).Select(row => row.Id));
    }

    [Fact]
    public async Task What_a_merge_brings_waits_for_the_orders_that_the_other_target_has()
    {
        var (from, into) = (await CreateAsync("A"), await CreateAsync("B"));
        await Writer.AppendPhotometryAsync(from, [Rows.Point(1), Rows.Point(2), Rows.Point(3) with { IsRetracted = true }, Rows.Point(4)]);
        await Writer.AppendPhotometryAsync(into, [Rows.Point(2), Rows.Point(4, content: 9, source: Rows.Message(2, 20)), Rows.Point(5)]);
        var spectra = new SpectrumTable(Database, Writer);
        await spectra.AppendAsync(from, [Spectrum(101)]);
        var order = await OrderAsync(into);
        var told = 0;
        Writer.PointsOrdered += () => told++;

        await new TargetUndos(Database, Writer).MergeAsync(from, into, "anna", 50);
        await spectra.AppendAsync(into, [Spectrum(101), Spectrum(102)]);

        var (waiting, items) = await WaitingAsync();
        Assert.Equal((order, into), (waiting.ContinuousId, waiting.TargetId));
        Assert.Equal([new(into, 1, 1), new(into, 101, 1), new PointKey(into, 102, 1)], items.Select(item => item.Point));
        Assert.Equal(2, told);
    }
}
