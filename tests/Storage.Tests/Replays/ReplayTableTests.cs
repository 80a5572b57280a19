using TomOrleans.Storage.Replays;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Replays;

public sealed class SqliteReplayTableTests() : ReplayTableTests(new SqliteTestDatabase());

public sealed class PostgreSqlReplayTableTests(PostgreSqlServer server) : ReplayTableTests(new PostgreSqlTestDatabase(server));

public abstract class ReplayTableTests(ITestDatabase test) : DatabaseTest(test)
{
    private static readonly NewReplay Any = new("hopskotch", "hermes.test", "hermes", true, "{}", "{\"a\":1}", "somebody", 5);

    private ReplayTable Table => new(Database, Writer);

    [Fact]
    public async Task A_replay_is_free_until_somebody_claims_it_and_again_when_the_lease_ends()
    {
        var id = await Table.AddAsync(Any);
        Assert.Equal([id], await Table.FreeAsync(10, Cancellation));

        Assert.True(await Table.ClaimAsync(id, "a", now: 10, until: 20));
        Assert.False(await Table.ClaimAsync(id, "b", now: 15, until: 25));
        Assert.Empty(await Table.FreeAsync(20, Cancellation));
        Assert.True(await Table.RenewAsync(id, "a", 30, "the database is away", "{\"sum\":1}"));
        Assert.Empty(await Table.FreeAsync(30, Cancellation));
        Assert.True(await Table.ClaimAsync(id, "b", now: 31, until: 40));

        Assert.False(await Table.RenewAsync(id, "a", 50, null, null));
        Assert.False(await Table.EndAsync(id, "a", ReplayState.Done, null, null, 50));
        var row = await Table.GetAsync(id, Cancellation);
        Assert.Equal((Any, ReplayState.Running, "b", "{\"sum\":1}", null), (row!.Replay, row.State, row.Owner, row.Report, row.Note));
    }

    [Fact]
    public async Task One_that_has_ended_or_was_cancelled_stays_as_it_is()
    {
        var (done, cancelled) = (await Table.AddAsync(Any), await Table.AddAsync(Any));
        await Table.ClaimAsync(done, "a", 10, 20);
        Assert.True(await Table.EndAsync(done, "a", ReplayState.Done, null, "{}", 15));
        Assert.True(await Table.CancelAsync(cancelled, 16));

        Assert.False(await Table.CancelAsync(done, 17));
        Assert.False(await Table.CancelAsync(cancelled, 17));
        Assert.False(await Table.ClaimAsync(cancelled, "a", 100, 200));
        Assert.Empty(await Table.FreeAsync(1_000, Cancellation));
        Assert.Equal([(cancelled, ReplayState.Cancelled, 16), (done, ReplayState.Done, 15)],
            (await Table.ListAsync(10, Cancellation)).Select(row => (row.Id, row.State, row.EndedMicroseconds!.Value)));
        Assert.Null(await Table.GetAsync(done + 100, Cancellation));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
