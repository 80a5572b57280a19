using System.Globalization;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Operations;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Integration.Tests.Cluster;

/// <summary>Starts of silos on one database and one host: side by side, and refused with the reason where they cannot be.</summary>
public sealed class StartTests(PostgreSqlServer server)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public Task Two_silos_that_start_at_the_same_instant_on_an_empty_database_find_each_other() => StartTogetherAsync();

    [Fact, Trait("Category", "Long")]
    public async Task Two_silos_that_start_at_the_same_instant_find_each_other_twenty_times()
    {
        for (var round = 0; round < 20; round++)
        {
            await StartTogetherAsync();
        }
    }

    [Fact]
    public async Task A_second_silo_on_the_folder_or_the_ports_of_the_first_is_refused_in_one_line_that_says_what_to_change()
    {
        await using var scene = await ClusterScene.CreateAsync(server);
        await using var one = await scene.StartSiloAsync("one");
        var free = SiloPorts.Free();

        await AssertRefusedAsync(one.DataFolder, free, one.DataFolder, "--data");
        await AssertRefusedAsync(scene.FolderOf("two"), free with { Http = one.Ports.Http }, one.Ports.Http.ToString(CultureInfo.InvariantCulture), "HTTP.PORT");
        await AssertRefusedAsync(scene.FolderOf("two"), free with { Silo = one.Ports.Silo }, one.Ports.Silo.ToString(CultureInfo.InvariantCulture), "CLUSTER.SILO_PORT");
        await AssertRefusedAsync(scene.FolderOf("two"), free with { Gateway = one.Ports.Gateway }, one.Ports.Gateway.ToString(CultureInfo.InvariantCulture), "CLUSTER.GATEWAY_PORT");

        async Task AssertRefusedAsync(string folder, SiloPorts ports, params string[] words)
        {
            var (exitCode, output, error) = await scene.RunSiloAsync("two", folder, ports);
            Assert.Equal((1, ""), (exitCode, output));
            var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_sandbox_is_refused_in_a_cluster()
    {
        var (exitCode, _, error) = await SiloProcess.RunAsync([], new Dictionary<string, string> { ["CLUSTER__KIND"] = "postgresql", ["CLUSTER__CONNECTION"] = "Host=127.0.0.1" });

        Assert.Equal(1, exitCode);
        Assert.Contains("belongs to one process", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private async Task StartTogetherAsync()
    {
        await using var scene = await ClusterScene.CreateAsync(server);
        var silos = await Task.WhenAll(scene.StartSiloAsync("one"), scene.StartSiloAsync("two"));
        await using var one = silos[0];
        await using var two = silos[1];
        foreach (var silo in silos)
        {
            await using var client = await TomClient.ConnectAsync(silo);
            var status = await client.StatusWhenAsync(IsWhole, $"both silos and all partitions, seen from {silo.DataFolder}", Limit);
            Assert.Equal(["one", "two"], status.Silos.Select(row => row.Name).Order());
        }
    }

    private static bool IsWhole(TomStatus status) =>
        status.Silos.Count(silo => silo.State == "active") == 2
        && status.Streams is [{ State: "connected", Topics: [{ Partitions.Length: ClusterScene.Partitions } topic] }]
        && topic.Partitions.All(partition => partition.Silo is "one" or "two")
        && topic.Partitions.Select(partition => partition.Silo).Distinct().Count() == 2;
}
