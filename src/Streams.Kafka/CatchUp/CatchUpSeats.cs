using System.Diagnostics.CodeAnalysis;

namespace TomOrleans.Streams.Kafka.CatchUp;

/// <summary>Few partitions are open at once; the others wait in line, and who had a turn makes room for them. Reader's thread only.</summary>
internal sealed class CatchUpSeats(TimeProvider time)
{
    public const int Most = 8;
    private readonly Dictionary<PartitionRef, CatchUpPlace> _places = [];
    private readonly LinkedList<CatchUpRequest> _line = [];

    public IReadOnlyCollection<CatchUpPlace> Places => _places.Values;

    public bool SomebodyWaits => _line.Count > 0 || _places.Values.Any(place => place.Waiting > 0);

    public void Ask(CatchUpRequest request)
    {
        if (_places.TryGetValue(request.Partition, out var place))
        {
            if (place.Waiting == 0)
            {
                place.LastMove = time.GetTimestamp();
            }

            place.Requests.Enqueue(request);
        }
        else
        {
            _line.AddLast(request);
        }
    }

    public bool TryFind(PartitionRef partition, [NotNullWhen(true)] out CatchUpPlace? place) => _places.TryGetValue(partition, out place);

    public bool Has(CatchUpPlace place) => TryFind(place.Partition, out var current) && ReferenceEquals(place, current);

    /// <summary>Opens a partition for the first in line, with all who wait for it; false when nobody waits or none of the open ones has had its turn.</summary>
    /// <param name="leaving">Who has to make room; closed by the caller.</param>
    public bool TrySeat([NotNullWhen(true)] out CatchUpPlace? place, out CatchUpPlace? leaving)
    {
        place = null;
        leaving = null;
        while (_line.First is { Value.IsOver: true })
        {
            _line.RemoveFirst();
        }

        if (_line.First is not { Value: var first })
        {
            return false;
        }

        if (_places.Count >= Most)
        {
            leaving = _places.Values.Where(open => open.TurnIsOver).OrderBy(open => open.Waiting > 0).ThenBy(open => open.OpenedAt).FirstOrDefault();
            if (leaving is null)
            {
                return false;
            }

            Leave(leaving);
        }

        place = new CatchUpPlace(first.Partition, first.Offset, time);
        _places.Add(first.Partition, place);
        for (var node = _line.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Partition == first.Partition)
            {
                place.Requests.Enqueue(node.Value);
                _line.Remove(node);
            }

            node = next;
        }

        return true;
    }

    /// <summary>No longer open; who still waits for it goes to the end of the line.</summary>
    public void Leave(CatchUpPlace place)
    {
        _places.Remove(place.Partition);
        foreach (var request in place.Requests)
        {
            _line.AddLast(request);
        }

        place.Requests.Clear();
    }

    /// <summary>All who wait, taken out.</summary>
    public IReadOnlyList<CatchUpRequest> Clear()
    {
        IReadOnlyList<CatchUpRequest> all = [.. _line, .. _places.Values.SelectMany(place => place.Requests)];
        _line.Clear();
        foreach (var place in _places.Values)
        {
            place.Requests.Clear();
        }

        return all;
    }
}
