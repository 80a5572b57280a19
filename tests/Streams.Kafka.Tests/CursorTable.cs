namespace TomOrleans.Streams.Kafka.Tests;

/// <summary>What a sink's database would hold: for each partition the next offset and the epoch of its owner. Outlives consumers.</summary>
internal sealed class CursorTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<PartitionRef, (long Next, long Epoch)> _rows = [];

    public long? Next(PartitionRef partition)
    {
        lock (_gate)
        {
            return _rows.TryGetValue(partition, out var row) ? row.Next : null;
        }
    }

    public void Set(PartitionRef partition, long next)
    {
        lock (_gate)
        {
            _rows[partition] = (next, _rows.GetValueOrDefault(partition).Epoch);
        }
    }

    public (long Next, long Epoch) Claim(PartitionRef partition, long whenNew)
    {
        lock (_gate)
        {
            var row = _rows.TryGetValue(partition, out var known) ? known : (Next: whenNew, Epoch: 0L);
            return _rows[partition] = (row.Next, row.Epoch + 1);
        }
    }

    /// <summary>False when the epoch or the expected offset is not what the row has.</summary>
    public bool TryMove(PartitionRef partition, long epoch, long expected, long next)
    {
        lock (_gate)
        {
            if (!_rows.TryGetValue(partition, out var row) || row.Epoch != epoch || row.Next != expected)
            {
                return false;
            }

            _rows[partition] = (next, epoch);
            return true;
        }
    }
}
