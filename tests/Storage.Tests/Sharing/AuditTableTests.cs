using TomOrleans.Storage.Sharing;
using TomOrleans.Storage.Sharing.Audit;
using TomOrleans.Storage.Sharing.Continuous;
using TomOrleans.Storage.Targets;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Sharing;

public sealed class SqliteAuditTableTests() : AuditTableTests(new SqliteTestDatabase());

public sealed class PostgreSqlAuditTableTests(PostgreSqlServer server) : AuditTableTests(new PostgreSqlTestDatabase(server));

public abstract class AuditTableTests(ITestDatabase test) : DatabaseTest(test)
{
    private OutboxTable Outbox => new(Database, Writer);

    private AuditTable Table => new(Database);

    [Fact]
    public async Task Every_share_and_every_order_is_told_newest_first_with_who_gave_it()
    {
        var continuous = new ContinuousTable(Database, Writer);
        var target = await CreateAsync("A");
        var order = await continuous.AddAsync(new(target, "not-my-tom", null, "anna", 10), existing: false);
        var share = await ShareAsync(target, 20);
        await Outbox.PauseAsync("hermes", new("otto", 30));
        await Outbox.CancelAsync(share, new("berta", 40));
        await Outbox.ResumeAsync("hermes", new("otto", 50));
        await continuous.RemoveAsync(order.Row.Id, new("berta", 60));

        var (total, rows) = await Table.ListAsync(All);

        Assert.Equal(6, total);
        Assert.Equal(
            [
                (60L, "continuous remove", "berta", "not-my-tom", null, "A"),
                (50, "resume", "otto", "hermes", null, ""),
                (40, "cancel", "berta", "hermes", share, "A"),
                (30, "pause", "otto", "hermes", null, ""),
                (20, "share", "anna", "hermes", share, "A"),
                (10, "continuous add", "anna", "not-my-tom", (long?)null, "A"),
            ],
            rows.Select(row => (row.AtMicroseconds, row.Kind, row.Who, row.Destination, row.ShareId, row.TargetName)));
        Assert.Equal((2, 1, "a title", ShareStates.Cancelled), (rows[4].Points, rows[4].Spectra, rows[4].Detail, rows[4].State!.Value));
    }

    [Fact]
    public async Task An_order_that_changed_nothing_leaves_no_record()
    {
        var share = await ShareAsync(await CreateAsync("A"), 20);
        await Outbox.CancelAsync(share, new("berta", 40));

        Assert.False(await Outbox.CancelAsync(share, new("berta", 41)));
        Assert.False(await Outbox.RetryAsync(share, anyway: true, new("berta", 42)));

        Assert.Equal(["cancel", "share"], (await Table.ListAsync(All)).Rows.Select(row => row.Kind));
    }

    [Fact]
    public async Task It_can_be_asked_by_time_destination_and_target_in_pages()
    {
        var (a, b) = (await CreateAsync("A"), await CreateAsync("B"));
        var (first, second) = (await ShareAsync(a, 10), await ShareAsync(b, 20));
        await Outbox.CancelAsync(second, new("berta", 30));

        Assert.Equal([30, 20], (await Table.ListAsync(All with { SinceMicroseconds = 20 })).Rows.Select(row => row.AtMicroseconds));
        Assert.Equal(0, (await Table.ListAsync(All with { Destination = "another" })).Total);
        Assert.Equal([first], (await Table.ListAsync(All with { TargetId = a, TargetNames = ["A"] })).Rows.Select(row => row.ShareId!.Value));
        Assert.Equal(["cancel", "share"], (await Table.ListAsync(All with { TargetId = b, TargetNames = ["B"] })).Rows.Select(row => row.Kind));
        var page = await Table.ListAsync(All with { Limit = 1, Offset = 1 });
        Assert.Equal((3, 20), (page.Total, Assert.Single(page.Rows).AtMicroseconds));
    }

    private static AuditQuery All => new(null, null, null, [], 100, 0);

    private Task<long> ShareAsync(long target, long at) => Outbox.QueueAsync(new("hermes", "hermes.test", target, target == 1 ? "A" : "B", "a title", "{}", "anna", at, [new(target, 1, 1), new(target, 2, 1)])
    {
        Spectra = [new(target, 101, 1)],
    });

    private async Task<long> CreateAsync(string name) => (await new TargetTable(Database, Writer).CreateAsync(Rows.Target(name))).Id;
}
