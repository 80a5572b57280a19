using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests;

public sealed class DatabaseClockTests(PostgreSqlServer server)
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task A_host_whose_clock_is_wrong_by_minutes_goes_by_the_databases(int minutes)
    {
        if (await server.StartAsync() is { } reason)
            Assert.Skip(reason);
        await using var database = TomDatabase.OpenPostgreSql(await server.CreateDatabaseAsync());
        var clock = new DatabaseClock(new WrongClock(TimeSpan.FromMinutes(minutes)));
        Assert.InRange((clock.GetUtcNow() - DateTimeOffset.UtcNow).Duration(), TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(140));

        await clock.SetAsync(database);

        Assert.InRange((clock.GetUtcNow() - DateTimeOffset.UtcNow).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.InRange((DatabaseClock.MachineOf(clock).GetUtcNow() - DateTimeOffset.UtcNow).Duration(), TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(140));
    }

    [Fact]
    public void A_difference_that_the_way_of_the_answer_explains_is_none()
    {
        var clock = new DatabaseClock(new StoppedClock());

        clock.Note(new(Noon.AddMilliseconds(300), Noon, TimeSpan.FromSeconds(1)));
        Assert.Equal(Noon, clock.GetUtcNow());
        clock.Note(new(Noon.AddMilliseconds(300), Noon, TimeSpan.FromMilliseconds(1)));
        Assert.Equal(Noon.AddMilliseconds(300), clock.GetUtcNow());

        // Set right again.
        clock.Note(new(Noon, Noon, TimeSpan.FromMilliseconds(1)));
        Assert.Equal(Noon, clock.GetUtcNow());
    }

    private sealed class WrongClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Noon;
    }
}
