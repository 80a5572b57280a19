using System.Globalization;
using System.Text.RegularExpressions;
using TomOrleans.Integration.Tests.Faults;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.ShiftedClock;

namespace TomOrleans.Integration.Tests.Hosts;

/// <summary>P1, P2, P3, P6 on several hosts: whatever is taken from one of them under load and sharing, nothing is lost or doubled, and every topic flows again soon.</summary>
[Collection(FaultCollection.Name)]
public sealed class HostFaultsTests(ITestOutputHelper output)
{
    /// <summary>Messages a second; a machine that is busy with other things takes fewer.</summary>
    internal static readonly int Rate = int.Parse(Environment.GetEnvironmentVariable("TOM_TEST_RATE") ?? "1000", CultureInfo.InvariantCulture);

    /// <summary>The rate that the bars are for.</summary>
    private const int RateOfBars = 1000;

    /// <summary>Until every topic flows again. The embedded broker gives a dead member's partitions away after 2 s, a real one after 6 s at the soonest; silos declare one that is cut off dead after about 12 s.</summary>
    private static readonly TimeSpan KillBar = Bar(FaultBroker.Given is null ? 5 : 12), CutBar = Bar(25);

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);

    [Fact, Trait("Category", "Long")]
    public async Task Of_three_hosts_one_is_killed_and_another_cut_off_and_nothing_is_lost_or_doubled()
    {
        await using var night = await NamespacedHosts.CreateAsync();
        var hosts = await night.StartAsync("one", "two", "three");
        await using var load = new NightLoad(night, rate: 200);
        var verdict = await BeginAsync(night, hosts);

        await hosts[2].Silo.KillAsync();
        var afterKill = await ToldAsync("kill -9", verdict);
        hosts[1].Kafka.Cut();
        var afterCut = await ToldAsync("cut off from Kafka", verdict);

        hosts[1].Kafka.Mend();
        await load.StopAsync();
        await verdict.AssertNothingLostOrDoubledAsync();
        AssertWithin(KillBar, afterKill, "kill -9");
        AssertWithin(CutBar, afterCut, "cut off from Kafka");
    }

    [Fact, Trait("Category", "Long")]
    public Task A_host_killed_with_kill_9() => BreakAsync(
        "kill -9",
        async (_, hosts) =>
        {
            await hosts[2].Silo.KillAsync();
            return () => hosts[2].StartAsync();
        },
        KillBar);

    [Fact, Trait("Category", "Long")]
    public Task A_host_cut_off_from_the_others() => BreakAsync(
        "cut off from the others",
        async (night, hosts) =>
        {
            await night.CutAsync(hosts[2]);
            return async () =>
            {
                await night.MendAsync(hosts[2]);

                // Declared dead it ends itself; a supervisor starts it again.
                Assert.Equal(1, await hosts[2].Silo.ExitAsync(Verdict.Limit));
                Assert.Contains("Silo three ends itself: ", hosts[2].Silo.Output, StringComparison.Ordinal);
                await hosts[2].StartAsync();
            };
        },
        CutBar);

    [Fact, Trait("Category", "Long")]
    public Task A_host_whose_packets_to_the_database_are_lost() => BreakAsync(
        "cut off from PostgreSQL",
        (_, hosts) =>
        {
            hosts[2].Database.Cut();
            return Task.FromResult(() => BackAsync(hosts[2], hosts[2].Database.Mend));
        },
        CutBar);

    [Fact, Trait("Category", "Long")]
    public Task A_host_whose_connections_to_the_database_are_refused() => BreakAsync(
        "refused by PostgreSQL",
        (_, hosts) =>
        {
            hosts[2].Database.Close();
            return Task.FromResult(() => BackAsync(hosts[2], hosts[2].Database.Open));
        },
        CutBar);

    [Fact, Trait("Category", "Long")]
    public Task A_host_cut_off_from_Kafka() => BreakAsync(
        "cut off from Kafka",
        (_, hosts) =>
        {
            hosts[2].Kafka.Cut();
            return Task.FromResult(() =>
            {
                hosts[2].Kafka.Mend();
                return Task.CompletedTask;
            });
        },
        CutBar);

    [Fact, Trait("Category", "Long")]
    public Task PostgreSQL_stopped_for_30_s() => BreakAsync("PostgreSQL stopped for 30 s", async (night, _) =>
    {
        await night.Server.StopAsync();
        await Task.Delay(Outage, TestContext.Current.CancellationToken);
        await night.Server.StartAgainAsync();
        return () => Task.CompletedTask;
    });

    [Fact, Trait("Category", "Long")]
    public async Task A_full_disk_under_PostgreSQL()
    {
        var (mounted, reason) = await SmallDisk.MountAsync(256);
        Assert.SkipWhen(mounted is null, reason ?? "");
        await using var disk = mounted!;
        await BreakAsync(
            "PostgreSQL's disk full for 30 s",
            async (night, _) =>
            {
                disk.Fill();
                await Task.Delay(Outage, TestContext.Current.CancellationToken);
                disk.MakeRoom();

                // It ends itself when it can write no log; somebody starts it again.
                await night.Server.StopAsync();
                await night.Server.StartAgainAsync();
                return () => Task.CompletedTask;
            },
            databaseFolder: disk.Folder);
    }

    [Theory, Trait("Category", "Long")]
    [InlineData(2)]
    [InlineData(-2)]
    public Task A_host_whose_clock_is_wrong_by_2_minutes(int minutes) => BreakAsync($"a clock wrong by {minutes} minutes", async (_, hosts) =>
    {
        await hosts[2].Silo.KillAsync();
        await hosts[2].StartAsync(environment: ShiftedHosting.EnvironmentFor(TimeSpan.FromMinutes(minutes)));
        var (exit, told, _) = await hosts[2].Console.RunAsync("doctor", "--json");
        Assert.True(Regex.IsMatch(told, @"differs from the database.{1,6}s by 1[12]\d"), told);
        Assert.Equal(1, exit);
        return () => Task.CompletedTask;
    });

    [Fact, Trait("Category", "Long")]
    public async Task A_fourth_host_joins()
    {
        await using var night = await NamespacedHosts.CreateAsync();
        var hosts = await night.StartAsync("one", "two", "three");
        await using var load = new NightLoad(night, Rate);
        var verdict = await BeginAsync(night, hosts);

        var fourth = await night.AddAsync("four");
        await fourth.StartAsync();
        await ToldAsync("a fourth joins", verdict);
        await verdict.OwnedAsync([.. hosts, fourth]);

        await load.StopAsync();
        await verdict.AssertNothingLostOrDoubledAsync();
    }

    /// <summary>Breaks something under load, measures until every topic flows, mends it, and judges the night.</summary>
    /// <param name="what">For the table.</param>
    /// <param name="break">Returns how it is mended.</param>
    /// <param name="bar">How soon every topic has to flow without what is broken; null where the bar says nothing of it.</param>
    /// <param name="databaseFolder">For the files of PostgreSQL; null: a temporary one.</param>
    private async Task BreakAsync(string what, Func<NamespacedHosts, Host[], Task<Func<Task>>> @break, TimeSpan? bar = null, string? databaseFolder = null)
    {
        await using var night = await NamespacedHosts.CreateAsync(databaseFolder);
        var hosts = await night.StartAsync("one", "two", "three");
        await using var load = new NightLoad(night, Rate);
        var verdict = await BeginAsync(night, hosts);

        var mend = await @break(night, hosts);
        var took = await ToldAsync(what, verdict);
        await mend();
        await ToldAsync($"{what}, mended", verdict);
        await verdict.OwnedAsync(hosts);

        await load.StopAsync();
        await verdict.AssertNothingLostOrDoubledAsync();
        output.WriteLine($"{what}: {night.Ledger.Count} messages, {night.Hermes.Points.Count} points shared");

        // Last: what was lost or doubled counts for more than what was slow.
        AssertWithin(bar ?? Verdict.Limit, took, what);
    }

    /// <summary>All partitions flow, evenly shared, and both targets are shared continuously.</summary>
    private static async Task<Verdict> BeginAsync(NamespacedHosts night, Host[] hosts)
    {
        var verdict = new Verdict(night);
        await verdict.OwnedAsync(hosts);
        await verdict.FlowingAsync();
        await NamespacedHosts.ShareAsync(hosts[0]);
        await Task.Delay(Settled, TestContext.Current.CancellationToken);
        return verdict;
    }

    /// <summary>A silo that alone has lost the database ends itself, and a supervisor starts it again when that can succeed.</summary>
    private static async Task BackAsync(Host host, Action mend)
    {
        Assert.Equal(1, await host.Silo.ExitAsync(Verdict.Limit));
        mend();
        await host.StartAsync();
    }

    private async Task<TimeSpan> ToldAsync(string what, Verdict verdict)
    {
        var took = await verdict.FlowingAsync();
        output.WriteLine($"{what}: every topic flows after {took.TotalSeconds:F1} s");
        return took;
    }

    /// <summary>Another rate than that of the bars says that this machine is not the one that they are for.</summary>
    private static TimeSpan Bar(int seconds) => TimeSpan.FromSeconds(Rate == RateOfBars ? seconds : 3 * seconds);

    private static void AssertWithin(TimeSpan bar, TimeSpan took, string what) =>
        Assert.True(took <= bar, $"{what}: every topic flowed after {took.TotalSeconds:F1} s; the bar is {bar.TotalSeconds:F0} s at {Rate} messages/s");
}
