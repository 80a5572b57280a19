using System.Net;
using TomOrleans.Grains.Notices;
using TomOrleans.Grains.Operations;
using TomOrleans.Grains.Tests.Alerts;

namespace TomOrleans.Grains.Tests.Operations;

public sealed class LostSilosTests
{
    private static readonly DateTime Now = new(2026, 8, 1, 2, 3, 4, DateTimeKind.Utc);

    [Fact]
    public void A_silo_that_was_voted_dead_is_lost_until_one_of_its_name_is_started()
    {
        var dead = Member("three", 1, SiloStatus.Dead, votedAt: Now.AddMinutes(-5));

        var lost = Assert.Single(Lost(Member("one", 1, SiloStatus.Active), dead));

        Assert.Equal("the silo three at 10.0.0.1:11111 was declared dead at 2026-08-01T01:58:04Z and has not come back; look at that host and start it again", lost.Words);
        Assert.Empty(Lost(dead, Member("three", 2, SiloStatus.Joining)));
        Assert.Empty(Lost(dead, Member("three", 2, SiloStatus.Dead)));
    }

    [Fact]
    public void A_silo_that_left_by_itself_or_died_long_ago_is_not_missed() =>
        Assert.Empty(Lost(Member("one", 1, SiloStatus.Dead), Member("two", 1, SiloStatus.Dead, votedAt: Now.AddDays(-1))));

    [Fact]
    public async Task A_killed_silo_is_told_of_by_the_others_and_a_stopped_one_is_not()
    {
        await using var tom = await LiveTom.StartAsync(new NoticeOptions(), silos: 3);
        var (stopped, killed) = (tom.Cluster.Silos[1], tom.Cluster.Silos[2]);
        await tom.Cluster.StopSiloAsync(stopped);

        // It has no time to stop in order, and says so.
        await Record.ExceptionAsync(() => tom.Cluster.KillSiloAsync(killed));

        // Orleans tells clients of no death, so it is asked.
        for (var look = 0; look < 600; look++)
        {
            if (await tom.Cluster.Client.Tom().GetStatusAsync() is { Problems: [var problem], Notices: [{ Kind: "silo" } notice] })
            {
                Assert.StartsWith($"the silo {killed.Name} at ", problem, StringComparison.Ordinal);
                Assert.Equal(killed.Name, notice.Subject);
                Assert.Contains(await tom.Cluster.Client.Tom().CheckAsync(), result => result.Subject == "cluster" && result.Finding == problem);
                await tom.Cluster.Client.Notices().SeenAsync([notice.Id]);
                Assert.Empty((await tom.Cluster.Client.Tom().GetStatusAsync()).Problems);
                return;
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Fail("nobody told of the killed silo within a minute");
    }

    private static IReadOnlyList<LostSilo> Lost(params MembershipEntry[] members) => LostSilos.Of(members, Now);

    private static MembershipEntry Member(string name, int generation, SiloStatus status, DateTime? votedAt = null)
    {
        var address = SiloAddress.New(new IPEndPoint(IPAddress.Parse("10.0.0.1"), 11111), generation);
        return new() { SiloName = name, SiloAddress = address, Status = status, SuspectTimes = votedAt is { } at ? [Tuple.Create(address, at)] : [] };
    }
}
