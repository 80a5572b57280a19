using TomOrleans.Integration.Tests.Faults;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Targets;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Integration.Tests.MessageLog;

/// <summary>Targets that come after the messages about them, and that are merged while messages come; on the programs and through the console.</summary>
public sealed class LateTargetTests(PostgreSqlServer server)
{
    private static readonly object Hermes = new { HANDLER = "hermes", CREATE_TARGETS = "never" };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kept_messages_about_a_target_that_comes_late_are_stored_once_and_follow_it_in_a_merge(bool isPostgreSql)
    {
        if (isPostgreSql && await server.StartAsync() is { } reason)
        {
            Assert.Skip(reason);
        }

        await using var scene = await FaultScene.StartAsync(2, _ => [Hermes, LogScene.Archive], database: isPostgreSql ? await server.CreateDatabaseAsync() : null);
        await scene.ProduceAsync(100);
        await scene.RunAsync(async client =>
        {
            await scene.SettledAsync(client, "hermes", "archive");
            Assert.Equal((0, 0), await CountAsync(client));

            // By its name, by an alias, and by what lies near.
            await scene.Console.JsonAsync("target", "add", "AT 2026t001", "--ra", "1.5", "--dec", "-59.25");
            await PointsAsync(client, "AT 2026t001", 2);
            await scene.Console.JsonAsync("target", "add", "Other", "--ra", "200", "--dec", "5", "--ignore-log");
            await scene.Console.JsonAsync("target", "alias", "add", "Other", "at2026T002");
            await PointsAsync(client, "Other", 2);
            await scene.Console.JsonAsync("target", "add", "Near", "--ra", "3.5", "--dec", "-57.25", "--ignore-log");
            await scene.Console.JsonAsync("target", "search-log", "Near", "--cone", "5arcsec");
            Assert.Equal(["AT 2026t003"], (await PointsAsync(client, "Near", 2)).Aliases);
            await scene.Console.JsonAsync("target", "search-log", "AT 2026t001");
            await ReplaysEndedAsync(client, 4);
            Assert.Equal((3, 6), await CountAsync(client));

            // And by the name that it gets later.
            await scene.Console.JsonAsync("target", "add", "Unnamed", "--ra", "100", "--dec", "5", "--ignore-log");
            await scene.Console.JsonAsync("target", "edit", "Unnamed", "--rename", "AT 2026t004");
            await PointsAsync(client, "AT 2026t004", 2);
            await ReplaysEndedAsync(client, 5);

            // Live, merged, live again.
            await scene.ProduceAsync(50);
            await PointsAsync(client, "AT 2026t001", 3);
            await PointsAsync(client, "Other", 3);
            var merged = await scene.Console.JsonAsync("target", "merge", "AT 2026t001", "Other", "--yes");
            Assert.Equal((3, 0), (merged.GetProperty("movedPoints").GetInt32(), merged.GetProperty("commonPoints").GetInt32()));
            await scene.ProduceAsync(50);
            await scene.SettledAsync(client, "hermes");
            await PointsAsync(client, "AT 2026t001", 8);

            await scene.Console.JsonAsync("target", "undo", merged.GetProperty("undo").GetProperty("id").GetString()!);
            Assert.Equal((3, 5), ((await FindAsync(client, "AT 2026t001")).Points, (await FindAsync(client, "Other")).Points));
            await scene.ProduceAsync(50);
            await PointsAsync(client, "AT 2026t001", 4);

            // Removed while messages come; what was missed is found when it is back.
            var removed = await scene.Console.JsonAsync("target", "remove", "AT 2026t001", "--yes");
            await scene.ProduceAsync(50);
            await scene.SettledAsync(client, "hermes", "archive");
            await scene.Console.JsonAsync("target", "undo", removed.GetProperty("id").GetString()!);

            // Also what went to the other while they were one.
            await PointsAsync(client, "AT 2026t001", 6);
        });
    }

    private static Task<Target> FindAsync(TomClient client, string name) => client.AsAdmin(grains => grains.TargetDirectory().FindAsync(name));

    private static async Task<(long Targets, long Points)> CountAsync(TomClient client)
    {
        var status = await client.StatusAsync();
        return (status.Targets, status.Points);
    }

    /// <summary>The silo is another process: it is asked until the target has so many points.</summary>
    private static async Task<Target> PointsAsync(TomClient client, string name, long points)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var end = new CancellationTokenSource(FaultScene.Limit);
        var target = await FindAsync(client, name);
        while (target.Points < points)
        {
            Assert.True(await timer.WaitForNextTickAsync(end.Token));
            target = await FindAsync(client, name);
        }

        Assert.Equal(points, target.Points);
        return target;
    }

    private static async Task ReplaysEndedAsync(TomClient client, int count)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var end = new CancellationTokenSource(FaultScene.Limit);
        while ((await client.AsAdmin(grains => grains.Replays().ListAsync(100))).Count(replay => replay is { State: "done", Targets.IsEmpty: false }) < count)
        {
            Assert.True(await timer.WaitForNextTickAsync(end.Token));
        }
    }
}
