using System.Globalization;
using TomOrleans.Bench.Broker;
using TomOrleans.Bench.Measuring;
using TomOrleans.Bench.Output;
using TomOrleans.Bench.Toms;

namespace TomOrleans.Bench.Verbs;

/// <summary>A steady stream, far below what the TOM can take: how long each message is on its way, from the producer's call to the durable point and cursor.</summary>
internal static class LatencyCase
{
    public const string Name = "latency";
    private const int PerSecond = 1000;
    private const int Targets = 200;
    private const int WarmUpSeconds = 5;

    public static async Task RunAsync(BenchOptions options, Report report, KafkaBroker broker)
    {
        await RunAsync(options, report, broker, fetchWait: null);
        if (broker is EmbeddedBroker)
        {
            // It answers a request that finds nothing only when the wait is over, whatever comes meanwhile; a real one answers at once.
            await RunAsync(options, report, broker, fetchWait: 1);
        }
    }

    private static async Task RunAsync(BenchOptions options, Report report, KafkaBroker broker, int? fetchWait)
    {
        var seconds = options.Quick ? 5 : 20;
        var setting = fetchWait is { } wait ? $", fetch.wait.max.ms={wait}" : "";
        var rounds = new List<Latency>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            var latency = await new SteadyTom(broker, PerSecond, Targets, fetchWait).MeasureAsync($"bench.latency{fetchWait}.{round}", WarmUpSeconds, seconds);
            await Report.Progress.WriteLineAsync($"round {round}: {Name}{setting}: {latency}");
            rounds.Add(latency);
        }

        report.Fact(
            $"{Name}, {PerSecond.ToString("N0", CultureInfo.InvariantCulture)} messages/s for {seconds} s, to the last point and cursor in SQLite (FULL){setting}",
            $"p50 {Text(rounds, latency => latency.P50)}, p99 {Text(rounds, latency => latency.P99)} ms from the producer's call; of that p50 {Text(rounds, latency => latency.ProducedP50)} ms to the broker's answer");
    }

    private static string Text(List<Latency> rounds, Func<Latency, double> figure)
    {
        var spread = Spread.Of(rounds.Select(figure));
        return string.Create(CultureInfo.InvariantCulture, $"{spread.Median:N1} ({spread.Lowest:N1}-{spread.Highest:N1})");
    }
}
