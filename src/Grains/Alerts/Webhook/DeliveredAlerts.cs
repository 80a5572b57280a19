using System.Collections.Immutable;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Webhook;

/// <summary>
/// Verdicts of a batch that is not at its end, for when it comes again. They hold for the same message in the same claim only: after a seek what was sent is sent again, and in a topic that was
/// made again another message may stand at the same offset. Pure; for one batch after the other.
/// </summary>
internal sealed class DeliveredAlerts
{
    private readonly Dictionary<(long Offset, long Microseconds, Guid? Id), Verdict> _verdicts = [];
    private long _claim;

    /// <summary>The alerts of the batch that have no verdict yet, in their order.</summary>
    public Alert[] Begin(AlertBatch batch)
    {
        if (batch.Claim != _claim)
        {
            _verdicts.Clear();
            _claim = batch.Claim;
        }

        return _verdicts.Count == 0 ? [.. batch.Alerts] : [.. batch.Alerts.Where(alert => !_verdicts.ContainsKey(NameOf(alert)))];
    }

    public void Note(ReadOnlySpan<Alert> alerts, Verdict verdict)
    {
        foreach (var alert in alerts)
        {
            _verdicts[NameOf(alert)] = verdict;
        }
    }

    /// <summary>All verdicts of the batch, which are forgotten with it.</summary>
    public ImmutableArray<Verdict> End(AlertBatch batch)
    {
        ImmutableArray<Verdict> verdicts = [.. batch.Alerts.Select(alert => _verdicts[NameOf(alert)])];

        // One that was longer when it was begun has more of them, which come next.
        foreach (var name in _verdicts.Keys.Where(name => name.Offset <= batch.Alerts[^1].Location.Offset).ToList())
        {
            _verdicts.Remove(name);
        }

        return verdicts;
    }

    private static (long Offset, long Microseconds, Guid? Id) NameOf(Alert alert) => (alert.Location.Offset, alert.TimestampMicroseconds, alert.MessageId);
}
