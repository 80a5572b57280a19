using System.Diagnostics;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Integration.Tests.Cluster;

/// <summary>P1, P2, P3 in a cluster: silos come, go and die under load, and nothing is lost or doubled.</summary>
public sealed class TwoSilosTests(PostgreSqlServer server, ITestOutputHelper output)
{
    private const int Half = ClusterScene.Partitions / 2;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_silo_that_joins_takes_half_of_the_partitions_and_one_that_is_told_to_stop_gives_them_back()
    {
        await using var scene = await ClusterScene.CreateAsync(server);
        await using var one = await scene.StartSiloAsync("one");
        await using var load = new Load(scene.Kafka);
        await OwnedAsync(scene, ("one", 2 * Half));
        await using var two = await scene.StartSiloAsync("two");
        await OwnedAsync(scene, ("one", Half), ("two", Half));

        var exitCode = await two.TerminateAsync(Limit);

        Assert.Equal(0, exitCode);
        await OwnedAsync(scene, ("one", 2 * Half));

        // Nobody misses it.
        await using var client = await TomClient.ConnectAsync(one);
        Assert.Empty((await client.StatusAsync()).Problems);
        await Ledger.BalanceAsync(scene, await load.StopAsync());
    }

    [Fact]
    public async Task A_silo_that_is_killed_is_replaced_by_the_other_and_shares_again_when_it_is_back()
    {
        await using var scene = await ClusterScene.CreateAsync(server);
        var silos = await Task.WhenAll(scene.StartSiloAsync("one"), scene.StartSiloAsync("two"));
        await using var one = silos[0];
        await using var two = silos[1];
        await using var load = new Load(scene.Kafka);
        await OwnedAsync(scene, ("one", Half), ("two", Half));

        await two.KillAsync();
        var killed = Stopwatch.StartNew();
        await FlowingAsync(scene, without: "two");
        output.WriteLine($"all partitions flow again {killed.Elapsed.TotalSeconds:F1} s after kill -9");
        await using var client = await TomClient.ConnectAsync(one);
        var status = await client.StatusWhenAsync(seen => !seen.Problems.IsEmpty, "the lost silo told of", Limit);
        Assert.StartsWith("the silo two at ", Assert.Single(status.Problems), StringComparison.Ordinal);

        await using var again = await scene.StartSiloAsync("two");
        await OwnedAsync(scene, ("one", Half), ("two", Half));
        await client.StatusWhenAsync(seen => seen.Problems.IsEmpty, "the silo back", Limit);
        await Ledger.BalanceAsync(scene, await load.StopAsync());
    }

    [Fact, Trait("Category", "Long")]
    public async Task A_zombie_that_wakes_when_its_partitions_have_moved_changes_nothing_and_ends_itself()
    {
        await using var scene = await ClusterScene.CreateAsync(server);
        var silos = await Task.WhenAll(scene.StartSiloAsync("one"), scene.StartSiloAsync("two"));
        await using var one = silos[0];
        await using var two = silos[1];
        await using var load = new Load(scene.Kafka);
        await OwnedAsync(scene, ("one", Half), ("two", Half));

        // Frozen in the transaction that is to move cursors: row locks held, and late moves to come.
        await using (await scene.Database.HoldAsync("lock table handler_cursor in exclusive mode", blocking: "two"))
        {
            await two.FreezeAsync();
        }

        var frozen = Stopwatch.StartNew();
        await FlowingAsync(scene, without: "two");
        output.WriteLine($"all partitions flow again {frozen.Elapsed.TotalSeconds:F1} s after SIGSTOP");
        await two.ThawAsync();

        Assert.Equal(1, await two.ExitAsync(Limit));
        Assert.Contains("Silo two ends itself: ", two.Output, StringComparison.Ordinal);
        await Ledger.BalanceAsync(scene, await load.StopAsync());
    }

    private static Task<List<StoredCursor>> OwnedAsync(ClusterScene scene, params (string Silo, int Partitions)[] shares) => scene.Database.CursorsWhenAsync(
        cursors => Ledger.Shares(cursors) is var owned && owned.Count == shares.Length && shares.All(share => owned.GetValueOrDefault(share.Silo) == share.Partitions),
        $"the partitions owned by {string.Join(" and ", shares)}", Limit);

    /// <summary>Every partition has another owner than this, and its cursors move.</summary>
    private static async Task FlowingAsync(ClusterScene scene, string without)
    {
        var before = (await scene.Database.CursorsAsync()).ToDictionary(cursor => (cursor.Partition, cursor.Handler), cursor => cursor.NextOffset);
        await scene.Database.CursorsWhenAsync(
            cursors => cursors.All(cursor => cursor.Owner != without && cursor.NextOffset > before[(cursor.Partition, cursor.Handler)]),
            $"all partitions moving without {without}", Limit);
    }
}
