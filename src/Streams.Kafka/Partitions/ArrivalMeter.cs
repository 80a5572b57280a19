namespace TomOrleans.Streams.Kafka.Partitions;

/// <summary>
/// What a partition's messages are like in time: which of them are news, and how far apart they usually are. Outlives consumers, so what is read a second time counts once.
/// Poll thread only, but for <see cref="UsualGapMicroseconds"/>.
/// </summary>
internal sealed class ArrivalMeter
{
    /// <summary>So many messages make what is usual: enough to have some nights of a topic of a few messages a night.</summary>
    private const int Size = 32;

    private readonly long[] _times = new long[Size];
    private int _count;
    private long _offset = -1;
    private long _time = long.MinValue;
    private long _gap = -1;

    /// <summary>Mean time between the last messages, by their own times [us]; null before there are two.</summary>
    public long? UsualGapMicroseconds => Interlocked.Read(ref _gap) is >= 0 and var gap ? gap : null;

    /// <returns>False for a message that was there before. One of a topic that was made again has a smaller offset and a later time.</returns>
    public bool Add(long offset, long microseconds)
    {
        if (offset <= _offset && microseconds <= _time)
        {
            return false;
        }

        if (offset <= _offset)
        {
            _count = 0;
            Interlocked.Exchange(ref _gap, -1);
        }

        (_offset, _time) = (offset, microseconds);
        if (microseconds >= 0)
        {
            Measure(microseconds);
        }

        return true;
    }

    private void Measure(long microseconds)
    {
        _times[_count % Size] = microseconds;
        _count = _count == 2 * Size ? Size + 1 : _count + 1;
        var kept = Math.Min(_count, Size);
        if (kept > 1)
        {
            Interlocked.Exchange(ref _gap, Math.Abs(microseconds - _times[_count > Size ? _count % Size : 0]) / (kept - 1));
        }
    }
}
