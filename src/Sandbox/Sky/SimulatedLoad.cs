using TomOrleans.Sandbox.Publishing;

namespace TomOrleans.Sandbox.Sky;

/// <summary>Makes many messages for benchmarks and <c>tom simulate</c>, without publishing them.</summary>
/// <param name="seed">The same seed, the same bytes.</param>
/// <param name="targets">Over how many objects the messages are spread evenly; any number from 1.</param>
/// <param name="start">The time of the first message; they are a second apart.</param>
public sealed class SimulatedLoad(ulong seed, int targets, DateTimeOffset start)
{
    private readonly SkyTarget[] _targets = [.. Enumerable.Range(0, targets).Select(i => SkyCatalog.Target(seed, start, i))];

    public IReadOnlyList<SkyTarget> Targets => _targets;

    /// <summary>
    /// <paramref name="count"/> messages of two or three photometry rows, about 1.1 KB of value on average; message n is of target n modulo their number
    /// and carries n as <c>data.extra_data.simulated_number</c>.
    /// </summary>
    public IEnumerable<HopMessage> Messages(long count, string topic, string sender = "sky-simulator", long first = 0)
    {
        var all = new Chance(seed).Of(-3);
        for (var n = first; n < first + count; n++)
        {
            var time = Mjd.From(start.AddSeconds(n));
            var visit = SkySimulator.VisitAt(_targets[n % _targets.Length], all.Of(n), time, fewest: 2);
            yield return SkyMessage.From(visit, topic, sender, SkyMessage.Numbered(n));
        }
    }
}
