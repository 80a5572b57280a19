using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Integration.Tests.Cluster;

/// <summary>Two silos seen as one TOM: from either gateway, by one console, in one status.</summary>
public sealed class TogetherTests(PostgreSqlServer server) : IAsyncLifetime
{
    private const int PerPartition = 200;
    private const int Messages = PerPartition * ClusterScene.Partitions;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private ClusterScene? _scene;
    private SiloProcess? _one;
    private SiloProcess? _two;

    private ClusterScene Scene => _scene!;

    public async ValueTask InitializeAsync()
    {
        _scene = await ClusterScene.CreateAsync(server);
        var silos = await Task.WhenAll(Scene.StartSiloAsync("one", logsMessages: true), Scene.StartSiloAsync("two", logsMessages: true));
        (_one, _two) = (silos[0], silos[1]);
        try
        {
            await Scene.Database.CursorsWhenAsync(
                cursors => Ledger.Shares(cursors) is { Count: 2 } shares && shares.Values.All(share => share == ClusterScene.Partitions / 2), "equal shares", Limit);
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"{late.Message}\none:\n{_one.Output}\ntwo:\n{_two.Output}", late);
        }
    }

    [Fact]
    public async Task The_status_adds_up_over_the_silos_and_is_the_same_at_both_gateways()
    {
        await Load.ProduceAsync(Scene.Kafka, Messages);
        foreach (var silo in new[] { _one!, _two! })
        {
            await using var client = await TomClient.ConnectAsync(silo);
            var status = await client.StatusWhenAsync(
                seen => seen.Streams is [{ Topics: [{ Handlers: var handlers, Partitions: var partitions }] }]
                    && handlers.All(handler => handler.Books is { Handled: Messages, Behind: 0 }) && partitions.Sum(partition => partition.Position) == Messages,
                $"{Messages} handled", Limit);

            Assert.Equal(Messages, status.Points);
            Assert.Equal(["one", "two"], status.Silos.Select(row => row.Name).Order());
            Assert.All(status.Silos, row => Assert.Equal("active", row.State));
            Assert.All(status.Streams[0].Topics[0].Handlers, handler => Assert.Equal((Messages, Messages, 0L, 0L), (handler.Books.Consumed, handler.Books.Handled, handler.Books.Parked, handler.Books.Lost)));
            Assert.Equal((8, 8), (Count(status.Streams[0].Topics[0], "one"), Count(status.Streams[0].Topics[0], "two")));
        }
    }

    [Fact]
    public async Task Workers_and_handlers_live_where_their_partition_is_read_and_targets_on_both_silos()
    {
        await Load.ProduceAsync(Scene.Kafka, Messages);
        await using var client = await TomClient.ConnectAsync(_one!);
        var status = await client.StatusWhenAsync(
            seen => seen.Streams is [{ Topics: [{ Handlers: var handlers }] }] && handlers.All(handler => handler.Books.Handled == Messages), $"{Messages} handled", Limit);

        // The worker signs its claim with the silo that it lives in, the status has the silo whose consumer reads the partition; and the handler "log" writes where it lives.
        var readers = status.Streams[0].Topics[0].Partitions.ToDictionary(partition => partition.Partition, partition => partition.Silo!);
        Assert.All(await Scene.Database.CursorsAsync(), cursor => Assert.Equal(readers[cursor.Partition], cursor.Owner));
        await Task.WhenAll(_one!.SaidAsync(line => IsLogged(line), 8 * PerPartition, Limit), _two!.SaidAsync(line => IsLogged(line), 8 * PerPartition, Limit));
        foreach (var (partition, reader) in readers)
        {
            // The handler "log" is at least once: a batch that is repeated is logged again.
            Assert.InRange((reader == "one" ? _one : _two).Output.Split('\n').Count(line => IsLogged(line, partition)), PerPartition, 2 * PerPartition);
        }

        // The management grain is for silos only.
        var token = await Scene.Database.IssueSiloTokenAsync();
        var grains = await client.CallAsync(token, all => all.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics());
        var targets = grains.Where(grain => grain.GrainId.Type.ToString() == "target").GroupBy(grain => grain.SiloAddress).Select(silo => silo.Count()).ToList();
        Assert.Equal((2, Load.Targets), (targets.Count, targets.Sum()));
    }

    [Fact]
    public async Task A_console_that_knows_both_gateways_outlives_either_silo()
    {
        var both = $"127.0.0.1:{Port(_one!)},127.0.0.1:{Port(_two!)}";
        Assert.Equal(2, (await new TomConsole(both).JsonAsync("status")).GetProperty("silos").GetArrayLength());

        await _one!.KillAsync();

        // The dead silo is still in the status until the other has found it dead.
        var status = await AnsweredAsync(new TomConsole(both));
        Assert.Contains("two", status.GetProperty("silos").EnumerateArray().Select(silo => silo.GetProperty("name").GetString()));
        var (exitCode, _, error) = await new TomConsole(_one.Ports).RunAsync("status");
        Assert.Equal(1, exitCode);
        Assert.Contains("cannot reach", error, StringComparison.Ordinal);
    }

    /// <summary>A call to a grain that lived on the dead silo fails until the other has found it dead.</summary>
    private static async Task<JsonElement> AnsweredAsync(TomConsole console)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var (exitCode, answer, error) = await console.RunAsync("status", "--json");
            if (exitCode == 0)
            {
                return JsonDocument.Parse(answer).RootElement;
            }

            Assert.True(since.Elapsed < Limit, error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _one, _two, _scene })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }

    private static int Count(TopicStatus topic, string silo) => topic.Partitions.Count(partition => partition.Silo == silo);

    private static bool IsLogged(string line, int? partition = null) =>
        line.Contains("LogHandlerGrain", StringComparison.Ordinal) && line.Contains($" {ClusterScene.Stream}/{ClusterScene.Topic}/{(partition is { } one ? $"{one}/" : "")}", StringComparison.Ordinal);

    private static string Port(SiloProcess silo) => silo.Ports.Gateway.ToString(CultureInfo.InvariantCulture);
}
