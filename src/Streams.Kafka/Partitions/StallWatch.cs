namespace TomOrleans.Streams.Kafka.Partitions;

/// <summary>
/// Notices a partition that has messages which do not come. Seen with librdkafka when a pause outlived a rebalance. The same place is cured once only.
/// </summary>
internal sealed class StallWatch
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private (long Position, long Since) _seen = (-1, 0);
    private (long Position, long High) _cured = (-1, -1);

    /// <summary>True when nothing moved for 30 s although there is something to read, once for each position and end offset.</summary>
    public bool Check(long position, long high, TimeProvider time)
    {
        if (position != _seen.Position || position >= high)
        {
            _seen = (position, time.GetTimestamp());
            return false;
        }

        if ((position, high) == _cured || time.GetElapsedTime(_seen.Since) < Limit)
        {
            return false;
        }

        _cured = (position, high);
        return true;
    }
}
