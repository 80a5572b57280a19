using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Bench.Broker;
using TomOrleans.Bench.Load;
using TomOrleans.Bench.Measuring;
using TomOrleans.Bench.Output;
using TomOrleans.Bench.Toms;
using TomOrleans.Grains.Sharing;
using TomOrleans.Sandbox.Hermes;

namespace TomOrleans.Bench.Verbs;

/// <summary>
/// A TOM that ingests a load and drains shares to a destination that answers at once, alone and beside a second destination that accepts every request and never answers. By turns; CPU for each
/// ingested message is that of the whole process, stand-ins included.
/// </summary>
internal static class HangingDestinationCase
{
    public const string Name = "hanging destination";
    private const string Topic = "hermes.test";
    private const int Targets = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public static async Task RunAsync(BenchOptions options, Report report, KafkaBroker broker)
    {
        var load = await report.FillAsync(broker, "bench.hanging", options.Messages(quick: 20_000, full: 100_000), Targets);
        var shares = options.Messages(quick: 500, full: 2_000);
        var (alone, beside) = (new List<Run>(), new List<Run>());
        for (var round = 0; round <= options.Rounds; round++)
        {
            // Who is first changes from round to round.
            foreach (var isHanging in round % 2 == 0 ? (bool[])[false, true] : [true, false])
            {
                var run = await RunAsync(broker, load, shares, isHanging);
                await Report.Progress.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(round == 0 ? "warm-up" : $"round {round}")}, {(isHanging ? "one hangs" : "all answer")}: {run.CpuMicroseconds:F1} us CPU a message, {run.SharesPerSecond:F0} submissions/s to the other"));
                if (round > 0)
                {
                    (isHanging ? beside : alone).Add(run);
                }
            }
        }

        report.Fact("CPU for each ingested message, all destinations answer", Text(alone.Select(run => run.CpuMicroseconds), "us"));
        report.Fact("CPU for each ingested message, one hangs", $"{Text(beside.Select(run => run.CpuMicroseconds), "us")}, {Change(alone, beside, run => run.CpuMicroseconds)}");
        report.Fact("the other destination's rate, all answer", Text(alone.Select(run => run.SharesPerSecond), "submissions/s"));
        report.Fact("the other destination's rate, one hangs", $"{Text(beside.Select(run => run.SharesPerSecond), "submissions/s")}, {Change(alone, beside, run => run.SharesPerSecond)}");
    }

    private static async Task<Run> RunAsync(KafkaBroker broker, LoadTopic load, int shares, bool isHanging)
    {
        await using var store = await Store.SqliteAsync();
        var publisher = new CountingPublisher();
        await using var answering = await StandInHermes.StartAsync(new() { Publisher = publisher });
        await using var hanging = await StandInHermes.StartAsync(new() { Publisher = new CountingPublisher() });
        hanging.Faults.Otherwise = path => path == "submit_message/" ? Fault.Hang() : null;
        DestinationOptions[] destinations =
        [
            new() { Name = "answering", BaseUrl = answering.Url, ApiKey = answering.Token },
            new() { Name = "other", BaseUrl = hanging.Url, ApiKey = hanging.Token, SendTimeout = TimeSpan.FromSeconds(5), Lease = TimeSpan.FromSeconds(15) },
        ];
        var configuration = BenchConfiguration.Of(broker, load.Name, store.Path);
        await using var tom = await BenchTom.StartAsync(configuration, store.Database, services => services.AddSingleton(provider =>
            new DestinationCatalog(destinations, "Benchmark", provider.GetRequiredService<TimeProvider>(), provider.GetService<ITopicSearch>())));
        await SharingTargets.FillAsync(tom, shares);
        var grains = tom.Services.GetRequiredService<IGrainFactory>();
        foreach (var destination in destinations)
        {
            await grains.Sharing(destination.Name).PauseAsync();
            for (var i = 0; i < shares; i++)
            {
                await grains.Sharing(destination.Name).ShareAsync(new() { Target = SharingTargets.Name(i), Topic = Topic });
            }
        }

        if (isHanging)
        {
            await grains.Sharing("other").ResumeAsync();
        }

        var before = Meter.Read();
        await grains.Sharing("answering").ResumeAsync();
        var drained = DrainedAsync(publisher, shares, before);
        var ingested = await tom.IngestAsync(BenchConfiguration.StreamOf(configuration, broker), load.Messages);
        var rate = await drained;
        return new(before.Until(Meter.Read(), load.Messages).CpuMicrosecondsPerItem, rate, ingested.PerSecond);
    }

    private static async Task<double> DrainedAsync(CountingPublisher publisher, int shares, Meter before)
    {
        await publisher.ReachedAsync(shares, Patience);
        return before.Until(Meter.Read(), shares).PerSecond;
    }

    private static string Change(List<Run> alone, List<Run> beside, Func<Run, double> of) =>
        string.Create(CultureInfo.InvariantCulture, $"{(Spread.Of(beside.Select(of)).Median / Spread.Of(alone.Select(of)).Median) - 1:+0.0%;-0.0%}");

    private static string Text(IEnumerable<double> values, string unit)
    {
        var spread = Spread.Of(values);
        return string.Create(CultureInfo.InvariantCulture, $"{spread.Median:N1} ({spread.Lowest:N1}-{spread.Highest:N1}) {unit}");
    }

    private sealed record Run(double CpuMicroseconds, double SharesPerSecond, double MessagesPerSecond);
}
