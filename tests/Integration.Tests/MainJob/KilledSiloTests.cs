using TomOrleans.Integration.Tests.Support;
using TomOrleans.Operations;

namespace TomOrleans.Integration.Tests.MainJob;

/// <summary>P1, P2, P3: a silo that is killed in mid-stream, again and again, loses and doubles nothing.</summary>
public sealed class KilledSiloTests
{
    private const int Partitions = 16;
    private const int MessagesPerKill = 12_000;
    private const long HandledBeforeKill = 500;
    private const int Kills = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_silo_killed_three_times_in_mid_stream_stores_each_point_exactly_once()
    {
        using var scene = await Scene.CreateAsync("alerts", Partitions);
        var produced = new List<string>();
        var handled = 0L;
        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var silo = await scene.StartSiloAsync();
            await using var client = await TomClient.ConnectAsync(silo);
            var production = scene.ProduceSeriesAsync("alerts", produced.Count, MessagesPerKill, targets: 50);
            var wanted = handled + HandledBeforeKill;
            var status = await client.StatusWhenAsync(seen => Handled(seen) >= wanted, $"{HandledBeforeKill} handled before kill {kill}", Limit);
            await silo.KillAsync();
            handled = Handled(status);
            produced.AddRange(await production);
            Assert.True(handled < produced.Count, $"kill {kill} came too late to be in mid-stream: {handled} of {produced.Count} were handled");
        }

        await using var last = await scene.StartSiloAsync();
        await using var reader = await TomClient.ConnectAsync(last);
        var end = await reader.StatusWhenAsync(
            seen => Handled(seen) >= produced.Count && Scene.BooksOf(seen, "alerts", "log") is { } log && log.Handled >= produced.Count, "all handled", Limit);

        var books = Scene.BooksOf(end, "alerts", "hermes")!;
        Assert.Equal((produced.Count, produced.Count, 0L, 0L, 0L), (books.Consumed, books.Handled, books.Ignored, books.Parked, books.Lost));
        var logged = Scene.BooksOf(end, "alerts", "log")!;
        Assert.Equal((produced.Count, produced.Count), (logged.Consumed, logged.Handled));
        produced.Sort(StringComparer.Ordinal);
        Assert.Equal(produced, await Scene.StoredPointsAsync(last.DataFolder));
    }

    private static long Handled(TomStatus status) => Scene.BooksOf(status, "alerts", "hermes")?.Handled ?? 0;
}
