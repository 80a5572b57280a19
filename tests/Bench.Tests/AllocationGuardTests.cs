using System.Diagnostics;
using System.Text.Json;

namespace TomOrleans.Bench.Tests;

/// <summary>
/// What a message allocates on its way through the grains hardly depends on the machine or on what else it does, so it shows a step back at once. The lowest of several
/// rounds counts: small batches, of which a busy machine makes more, only ever add to it.
/// </summary>
public sealed class AllocationGuardTests
{
    /// <summary>What is promised; from then on only <see cref="Slack"/> above the last recorded figure. [bytes]</summary>
    private const double Promised = 3_300;

    /// <summary>Its value alone, which is copied once. [bytes]</summary>
    private const double LeastCredible = 1_100;

    private const double Slack = 1.05;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_message_allocates_no_more_than_was_recorded()
    {
        var recorded = await RecordedAsync();
        var lowest = (await MeasureAsync()).Min();
        Assert.True(lowest > LeastCredible, $"A message cannot do with {lowest:N0} bytes.");
        Assert.True(
            lowest <= Math.Max(Promised, recorded * Slack),
            $"A message allocates {lowest:N0} bytes; bench/recorded.json says {recorded:N0}. If that is meant, record the new figure and say why in the commit.");
    }

    private static async Task<double> RecordedAsync()
    {
        await using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "recorded.json"));
        using var document = await JsonDocument.ParseAsync(file, cancellationToken: TestContext.Current.CancellationToken);
        return document.RootElement.GetProperty("bytesAMessage").GetDouble();
    }

    /// <summary>Each round's bytes a message, by the benchmark itself in a process of its own.</summary>
    private static async Task<double[]> MeasureAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };

        // Where the collector changes the number of its heaps on the way, the runtime's count of allocated bytes now and then leaps by gigabytes.
        start.Environment["DOTNET_GCDynamicAdaptationMode"] = "0";
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "TomOrleans.Bench.dll"), "ingest", "--quick", "--json", "--only", "200 targets", "--rounds", "6"])
        {
            start.ArgumentList.Add(argument);
        }

        using var bench = Process.Start(start)!;
        try
        {
            var progress = bench.StandardError.ReadToEndAsync(limit.Token);
            var output = await bench.StandardOutput.ReadToEndAsync(limit.Token);
            await bench.WaitForExitAsync(limit.Token);
            Assert.True(bench.ExitCode == 0, await progress);
            using var document = JsonDocument.Parse(output);
            var ours = document.RootElement.GetProperty("cases").EnumerateArray().Single(one => one.GetProperty("name").GetString()!.Contains("TargetGrains", StringComparison.Ordinal));
            return [.. ours.GetProperty("rounds").EnumerateArray().Select(round => round.GetProperty("bytesPerItem").GetDouble())];
        }
        finally
        {
            if (!bench.HasExited)
            {
                bench.Kill(entireProcessTree: true);
            }
        }
    }
}
