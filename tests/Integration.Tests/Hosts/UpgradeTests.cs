using TomOrleans.Integration.Tests.Faults;

namespace TomOrleans.Integration.Tests.Hosts;

/// <summary>From the last release to this one in mid-night: host by host, old and new side by side.</summary>
[Collection(FaultCollection.Name)]
public sealed class UpgradeTests(ITestOutputHelper output)
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    [Fact, Trait("Category", "Long")]
    public async Task Three_hosts_are_upgraded_one_by_one_under_load_and_nothing_is_lost_or_doubled()
    {
        await using var night = await NamespacedHosts.CreateAsync();
        await using var release = await LastRelease.BuildAsync();
        Host[] hosts = [await night.AddAsync("one"), await night.AddAsync("two"), await night.AddAsync("three")];
        await Task.WhenAll(hosts.Select(host => host.StartAsync(release.Silo)));
        await using var load = new NightLoad(night, HostFaultsTests.Rate);
        var verdict = new Verdict(night);
        await verdict.OwnedAsync(hosts);
        await verdict.FlowingAsync();
        await NamespacedHosts.ShareAsync(hosts[0]);

        foreach (var host in hosts)
        {
            Assert.Equal(0, await host.Silo.TerminateAsync(StopLimit));
            await host.StartAsync();
            output.WriteLine($"{host.Name}: every topic flows after {(await verdict.FlowingAsync()).TotalSeconds:F1} s");
            await verdict.OwnedAsync(hosts);

            // As an administrator sees it from the first host and from the last, which is upgraded last.
            foreach (var seen in new[] { hosts[0], hosts[^1] })
            {
                var status = await seen.Console.JsonAsync("status");
                Assert.Equal(
                    hosts.Length - Array.IndexOf(hosts, host) - 1,
                    status.GetProperty("silos").EnumerateArray().Count(silo => silo.GetProperty("version").GetString() == release.Version));
            }
        }

        await load.StopAsync();
        await verdict.AssertNothingLostOrDoubledAsync();
        output.WriteLine($"{night.Ledger.Count} messages, {night.Hermes.Points.Count} points shared, from {release.Version}");
    }
}
