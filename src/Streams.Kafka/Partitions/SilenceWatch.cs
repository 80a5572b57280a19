namespace TomOrleans.Streams.Kafka.Partitions;

/// <summary>
/// Notices a consumer from which nothing comes at all although its partitions have messages and were each cured already. As with <see cref="StallWatch"/> the same places are a
/// reason only once. Poll thread only, but for <see cref="Answered"/>.
/// </summary>
internal sealed class SilenceWatch(TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly Dictionary<PartitionRef, (long Position, long End)> _known = [];
    private bool _came;
    private long? _cured;
    private volatile bool _answered;

    /// <summary>A record came, on whatever partition.</summary>
    public void Came() => _came = true;

    /// <summary>A single partition was started anew.</summary>
    public void Cured()
    {
        if (_cured is null)
        {
            _cured = time.GetTimestamp();
            _answered = false;
        }
    }

    /// <summary>The broker told the ends of the partitions.</summary>
    public void Answered() => _answered = true;

    /// <summary>True when the consumer is to be built anew.</summary>
    /// <param name="behind">The partitions that have something to read and should be read.</param>
    public bool Check(IReadOnlyDictionary<PartitionRef, (long Position, long End)> behind)
    {
        if (_came || behind.Count == 0)
        {
            _came = false;
            _cured = null;
            return false;
        }

        if (_cured is not { } cured || !_answered || time.GetElapsedTime(cured) < Limit || behind.All(pair => _known.GetValueOrDefault(pair.Key, (-1, -1)) == pair.Value))
        {
            return false;
        }

        _cured = null;
        foreach (var (partition, place) in behind)
        {
            _known[partition] = place;
        }

        return true;
    }
}
