using TomOrleans.Storage.Control;

namespace TomOrleans.Grains.Alerts;

/// <summary>
/// Notices what people ordered for the topics of one stream since the last look: those topics' partitions are to be claimed anew, and follow the orders then.
/// One look after the other.
/// </summary>
public sealed class OrderWatch(string stream, ControlTable control)
{
    private Dictionary<string, long>? _seen;

    /// <summary>Takes note of the orders there are, unless that was done before: what is new since then is for <see cref="LookAsync"/> to tell.</summary>
    public Task BeginAsync(CancellationToken cancellation) => _seen is null ? LookAsync(cancellation) : Task.CompletedTask;

    /// <summary>Topics with new orders. The first look only takes note: whoever claims later reads the orders himself.</summary>
    public async Task<IReadOnlyCollection<string>> LookAsync(CancellationToken cancellation)
    {
        var now = (await control.ReadAsync(stream, cancellation))
            .GroupBy(row => row.Topic, StringComparer.Ordinal)
            .ToDictionary(rows => rows.Key, rows => rows.Sum(row => row.Revision), StringComparer.Ordinal);
        var before = _seen ?? now;
        _seen = now;
        return [.. now.Where(topic => before.GetValueOrDefault(topic.Key) != topic.Value).Select(topic => topic.Key)];
    }
}
