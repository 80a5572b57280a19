using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Grains.Notices;
using TomOrleans.Grains.Operations;
using TomOrleans.Grains.Tests.Alerts;
using TomOrleans.Notices;

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
        Assert.Empty(Lost(Member("one", 1, SiloStatus.Dead, votedAt: Now, bySelf: true), Member("two", 1, SiloStatus.Dead, votedAt: Now.AddDays(-1))));

    [Fact]
    public async Task Status_doctor_and_a_notice_tell_of_a_lost_silo_until_somebody_has_seen_it()
    {
        await using var tom = await LiveTom.StartAsync(new NoticeOptions { Period = TimeSpan.FromMilliseconds(50) });
        var table = tom.Cluster.Silos[0].ServiceProvider.GetRequiredService<IMembershipTable>();
        var stop = TestContext.Current.CancellationToken;
        await table.InsertRowAsync(Member("three", 1, SiloStatus.Dead, votedAt: DateTime.UtcNow), (await table.ReadAllAsync(stop)).Version.Next(), stop);

        var problem = Assert.Single((await tom.Cluster.Client.Tom().GetStatusAsync()).Problems);
        Assert.StartsWith("the silo three at 10.0.0.1:11111 was declared dead at ", problem, StringComparison.Ordinal);
        Assert.Contains(await tom.Cluster.Client.Tom().CheckAsync(), result => result.Subject == "cluster" && result.Finding == problem);
        var notice = await NoticeAsync(tom);
        Assert.Equal(("three", NoticeLevel.Alarm, true), (notice.Subject, notice.Level, notice.IsOpen));

        await tom.Cluster.Client.Notices().SeenAsync([notice.Id]);

        Assert.Empty((await tom.Cluster.Client.Tom().GetStatusAsync()).Problems);
    }

    /// <summary>Somebody looks every few milliseconds.</summary>
    private static async Task<Notice> NoticeAsync(LiveTom tom)
    {
        for (var look = 0; look < 600; look++)
        {
            if ((await tom.Cluster.Client.Notices().ListAsync()).FirstOrDefault(found => found.Kind == "silo") is { } notice)
            {
                return notice;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("no notice of the lost silo");
    }

    private static IReadOnlyList<LostSilo> Lost(params MembershipEntry[] members) => LostSilos.Of(members, Now);

    private static MembershipEntry Member(string name, int generation, SiloStatus status, DateTime? votedAt = null, bool bySelf = false)
    {
        var address = SiloAddress.New(new IPEndPoint(IPAddress.Parse("10.0.0.1"), 11111), generation);
        return new() { SiloName = name, SiloAddress = address, Status = status, SuspectTimes = votedAt is { } at ? [Tuple.Create(bySelf ? address : SiloAddress.New(new IPEndPoint(IPAddress.Parse("10.0.0.2"), 11111), 1), at)] : [] };
    }
}
