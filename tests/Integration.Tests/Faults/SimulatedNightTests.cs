using System.Diagnostics;
using System.Text.Json.Nodes;
using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>A night without anyone watching, faster than it would be: what the silo takes of memory and disk stays within what docs/operations.md states, and does not grow with the hours.</summary>
[Collection(FaultCollection.Name)]
public sealed class SimulatedNightTests(ITestOutputHelper output)
{
    private const int Partitions = 16;
    private const long Megabyte = 1 << 20;

    /// <summary>A silo beside a full stream.</summary>
    private const long MostMemory = 1024 * Megabyte;

    /// <summary>What the collector may move by without anything growing.</summary>
    private const long Wavering = 96 * Megabyte;

    /// <summary>A point on SQLite with its index and what the file leaves free; 65 B of it are the row.</summary>
    private const long PerPoint = 200;

    /// <summary>The write-ahead log, Orleans' own file, and an empty schema.</summary>
    private const long Beside = 96 * Megabyte;

    [Fact]
    public Task Twenty_seconds_of_a_night_stay_within_the_stated_bounds() => RunAsync(TimeSpan.FromSeconds(20), perSecond: 500, kept: 64 * Megabyte);

    [Fact, Trait("Category", "Long")]
    public Task A_night_of_8_hours_at_20_times_its_speed_stays_within_the_stated_bounds() => RunAsync(TimeSpan.FromHours(8) / 20, perSecond: 1_000, kept: 64 * Megabyte);

    private async Task RunAsync(TimeSpan duration, int perSecond, long kept)
    {
        await using var scene = await FaultScene.StartAsync(Partitions, _ => [FaultScene.Hermes, new { HANDLER = "archive", ARCHIVE = "30d" }]);
        var configuration = JsonNode.Parse(await File.ReadAllTextAsync(scene.ConfigFile))!;
        configuration["ALERT_STREAMS"]![0]!["OPTIONS"]!["ARCHIVE_BYTES"] = kept;
        await File.WriteAllTextAsync(scene.ConfigFile, configuration.ToJsonString());
        await using var silo = await scene.StartSiloAsync();
        await using var client = await TomClient.ConnectAsync(silo);

        var memory = await NightAsync(scene, silo, duration, perSecond);

        await scene.SettledAsync(client, "hermes", "archive");
        var disk = SizeOf(scene.DataFolder);
        Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(60)));
        (await scene.VerifyAsync()).AllHandled("hermes", "archive").PointsAreStoredOnce();
        var (second, last) = (Most(memory, 1), Most(memory, 3));
        output.WriteLine(
            $"{scene.Ledger.Count} messages in {duration.TotalMinutes:F1} min: {memory.Max() / Megabyte} MB of memory at most, {second / Megabyte} MB in the second quarter, {last / Megabyte} MB in the last; {disk / Megabyte} MB on disk");
        Assert.InRange(memory.Max(), 0, MostMemory);
        Assert.InRange(last - second, long.MinValue, Wavering);

        // Kept messages are bounded once a minute.
        var latest = perSecond * 90 * 2_000L;
        Assert.InRange(disk, 0, (scene.Ledger.Count * PerPoint) + kept + latest + Beside);
    }

    /// <summary>Messages at an even pace; the memory of the silo, once a second [bytes].</summary>
    private static async Task<List<long>> NightAsync(FaultScene scene, SiloProcess silo, TimeSpan duration, int perSecond)
    {
        var memory = new List<long>();
        var sends = new List<Task>();
        var watch = Stopwatch.StartNew();
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do
        {
            sends.Add(scene.ProduceAsync(perSecond));
            memory.Add(silo.Memory);
        }
        while (watch.Elapsed < duration && await second.WaitForNextTickAsync());
        await Task.WhenAll(sends);
        return memory;
    }

    private static long Most(List<long> memory, int quarter) => memory.Skip(memory.Count * quarter / 4).Take(memory.Count / 4).Max();

    private static long SizeOf(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
