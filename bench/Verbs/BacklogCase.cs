using System.Globalization;
using System.Text.Json;
using TomOrleans.Bench.Broker;
using TomOrleans.Bench.Load;
using TomOrleans.Bench.Measuring;
using TomOrleans.Bench.Output;

namespace TomOrleans.Bench.Verbs;

/// <summary>
/// A backlog in many partitions, read by two handlers alone and by the same two beside one that never answers. Each run is a process of its own, that began a moment ago: its
/// memory is the silo's, and its compiler is still at work in all of them alike.
/// </summary>
internal static class BacklogCase
{
    public const string Name = "backlog";
    public const string Verb = "backlog-tom";
    private const int Partitions = 256;
    private const int Targets = 200;
    private const string Alone = "backlog, two handlers";

    public static async Task RunAsync(BenchOptions options, Report report, KafkaBroker broker)
    {
        var load = await report.FillAsync(broker, "bench.backlog", options.Messages(quick: 100_000, full: 1_000_000), Targets, Partitions);
        var results = await new Contest(options with { Only = null }, Report.Progress).RunAsync(
        [
            new($"a backlog in {Partitions} partitions, two handlers", Alone, () => RunAsync(broker, load, [])),
            new("the same two beside a third one that hangs", "backlog, one of three hangs", () => RunAsync(broker, load, ["--hanging"])),
        ]);
        report.Add(results, Alone);
        foreach (var result in results)
        {
            var peak = Spread.Of(result.Rounds.Select(round => round.PeakMegabytes ?? double.NaN));
            report.Fact($"memory of the silo, {result.Contender.Short}", string.Create(CultureInfo.InvariantCulture, $"{peak.Median:N0} ({peak.Lowest:N0}-{peak.Highest:N0}) MB at most"));
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task<Measurement> RunAsync(KafkaBroker broker, LoadTopic load, string[] more)
    {
        using var process = ThisProgram.Start(
            [Verb, broker.BootstrapServers, load.Name, Text(load.Messages), Text(load.Targets.Count), .. more], start => start.RedirectStandardOutput = true);
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? JsonSerializer.Deserialize(output, MeasurementJson.Default.Measurement)! : throw new BenchException("The TOM of the backlog did not get through.");
    }
}
