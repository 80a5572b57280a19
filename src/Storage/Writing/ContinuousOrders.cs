using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Sharing;

namespace TomOrleans.Storage.Writing;

/// <summary>
/// The standing orders of a group's targets, read after the targets are locked, and what waits for their shares once the group is durable. Most groups have none.
/// </summary>
internal sealed class ContinuousOrders
{
    private readonly Dictionary<long, List<long>> _byTarget = [];
    private readonly Dictionary<long, string> _traces = [];

    /// <summary>[us since 1970, UTC]: since when something waits, by the clock that whoever gathers it goes by.</summary>
    public static long Now(TimeProvider time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public bool IsEmpty => _byTarget.Count == 0;

    public void Add(long target, long order)
    {
        if (!_byTarget.TryGetValue(target, out var orders))
            _byTarget.Add(target, orders = []);
        orders.Add(order);
    }

    /// <summary>What stores the target's points of this group; the last of several.</summary>
    public void Trace(long target, string? trace)
    {
        if (trace is not null && !IsEmpty)
            _traces[target] = trace;
    }

    /// <summary>Each inserted content that is not withdrawn, once for each order of its target.</summary>
    public IReadOnlyList<(long Order, PointKey Point, string? Trace)> Items(IReadOnlyList<StoredPoint> inserts)
    {
        if (IsEmpty)
            return [];
        var items = new List<(long, PointKey, string?)>();
        foreach (var point in inserts)
        {
            if (!point.Row.IsRetracted && !point.IsWitness && _byTarget.TryGetValue(point.TargetId, out var orders))
                items.AddRange(orders.Select(order => (order, new PointKey(point.TargetId, point.Row.Identity, point.Row.Content), _traces.GetValueOrDefault(point.TargetId))));
        }

        return items;
    }
}
