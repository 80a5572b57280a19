using TomOrleans.Bench.Broker;
using TomOrleans.Bench.Load;
using TomOrleans.Bench.Measuring;
using TomOrleans.Bench.Output;
using TomOrleans.Bench.Toms;

namespace TomOrleans.Bench.Verbs;

/// <summary>Three silos beside one, on the same machine: what the distance between them costs, not what more machines would bring.</summary>
internal static class SilosCase
{
    public const string Name = "silos";
    private const int Silos = 3;

    public static async Task RunAsync(BenchOptions options, Report report, KafkaBroker broker, LoadTopic load, string server)
    {
        foreach (var durable in new[] { false, true })
        {
            var where = durable ? "to the last point and cursor in PostgreSQL" : "points and cursors in memory";
            var one = new Contender($"one silo of a cluster, {where}", $"one silo{(durable ? ", durable" : "")}", new ClusterTom(broker, load, server, silos: 1, durable).RunAsync);
            var three = new Contender($"{Silos} silos, {where}", $"{Silos} silos{(durable ? ", durable" : "")}", new ClusterTom(broker, load, server, Silos, durable).RunAsync);
            report.Add(await new Contest(options with { Only = null }, Report.Progress).RunAsync([one, three]), one.Short);
        }
    }
}
