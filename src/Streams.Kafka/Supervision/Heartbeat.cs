namespace TomOrleans.Streams.Kafka.Supervision;

/// <summary>How long a topic of heartbeats has been silent, and what that means. Outlives consumers: connecting anew is no sign of life. Changed by the poll thread only.</summary>
internal sealed class Heartbeat(string topic, HeartbeatSettings settings, TimeProvider time)
{
    public const string Beating = "beating";

    /// <summary>Who has not had its partitions for so long knows nothing of it; connecting anew takes less.</summary>
    private static readonly TimeSpan AbsenceLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestStep = TimeSpan.FromHours(1);

    private long _heard = time.GetTimestamp();
    private long _seen = time.GetTimestamp();
    private DateTimeOffset _heardAt = time.GetUtcNow();
    private TimeSpan _nextTry = settings.ReconnectAfter;
    private TimeSpan _step = settings.ReconnectAfter;
    private volatile string _state = Beating;

    /// <summary><see cref="Beating"/>, <c>silent: ...</c> or <c>failing: ...</c>; null where its partitions are read elsewhere. Safe on any thread.</summary>
    public string? State => time.GetElapsedTime(Interlocked.Read(ref _seen)) < AbsenceLimit ? _state : null;

    /// <summary>What was logged last.</summary>
    public string Logged { get; set; } = Beating;

    /// <summary>A message that is news, or a good reason why none came.</summary>
    public void Heard()
    {
        _heard = time.GetTimestamp();
        _heardAt = time.GetUtcNow();
        (_nextTry, _step) = (settings.ReconnectAfter, settings.ReconnectAfter);
        _state = Beating;
    }

    /// <summary>To be called each second while its partitions are read here, or are nowhere.</summary>
    /// <param name="isExcused">Nothing can come: we are not done with what came before.</param>
    /// <param name="isAbsent">The cluster has no such topic, or shows none to this user: connecting anew would not bring it, and disturb the other topics.</param>
    /// <returns>Why the consumer is to be built anew now; null mostly.</returns>
    public string? Look(bool isExcused, bool isAbsent = false)
    {
        if (isExcused || time.GetElapsedTime(_seen) >= AbsenceLimit)
        {
            Heard();
        }

        Interlocked.Exchange(ref _seen, time.GetTimestamp());
        var silence = time.GetElapsedTime(_heard);
        if (silence < settings.SilentAfter)
        {
            return null;
        }

        var what = $"no heartbeat on {topic} since {_heardAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}";
        var more = isAbsent ? ": the topic is absent, or forbidden to this user" : silence < settings.FailingAfter ? "" : ", also after connecting anew";
        _state = $"{(silence < settings.FailingAfter ? "silent" : "failing")}: {what}{more}";
        if (isAbsent || silence < _nextTry)
        {
            return null;
        }

        _step = TimeSpan.FromTicks(Math.Min(2 * _step.Ticks, LongestStep.Ticks));
        _nextTry = silence + _step;
        return $"{what}; connecting anew";
    }
}
