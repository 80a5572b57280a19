using System.Collections.Immutable;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts;

/// <summary>
/// Which topics' reports are worth a call now: those that say something new, and each of the others so often that none gets stale on a <see cref="ReportBoard{TKey,TReport}"/>.
/// A stream may have a thousand topics, most of them silent. Not safe on several threads.
/// </summary>
public sealed class ReportPacing(TimeProvider time)
{
    /// <summary>Half of what a report lives, so that one that is late by a few seconds does no harm.</summary>
    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, (ImmutableArray<PartitionReport> Reports, long At)> _sent = new(StringComparer.Ordinal);

    public bool IsDue(string topic, ImmutableArray<PartitionReport> reports) =>
        !_sent.TryGetValue(topic, out var sent) || time.GetElapsedTime(sent.At) >= Repeat || !IsSame(sent.Reports, reports);

    /// <summary>To be told when a report has arrived; one that has not is due again.</summary>
    public void Sent(string topic, ImmutableArray<PartitionReport> reports) => _sent[topic] = (reports, time.GetTimestamp());

    /// <summary>Forgets topics of which there is nothing to report any more.</summary>
    public void Keep(IReadOnlySet<string> topics)
    {
        foreach (var gone in _sent.Keys.Where(topic => !topics.Contains(topic)).ToArray())
        {
            _sent.Remove(gone);
        }
    }

    private static bool IsSame(ImmutableArray<PartitionReport> x, ImmutableArray<PartitionReport> y) =>
        x.Length == y.Length && x.Zip(y).All(pair => pair.First.Lanes.SequenceEqual(pair.Second.Lanes) && pair.First with { Lanes = pair.Second.Lanes } == pair.Second);
}
