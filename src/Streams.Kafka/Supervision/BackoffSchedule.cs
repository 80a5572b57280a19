namespace TomOrleans.Streams.Kafka.Supervision;

/// <summary>How long to wait before the next try: fixed first steps, the last one for ever, each lengthened by up to a quarter so that many do not come back together.</summary>
internal sealed class BackoffSchedule(params TimeSpan[] steps)
{
    private readonly Func<double> _random = Random.Shared.NextDouble;
    private int _next;

    internal BackoffSchedule(Func<double> random, params TimeSpan[] steps)
        : this(steps) => _random = random;

    /// <summary>A broker that does not answer: trying costs nothing, so the first tries come fast.</summary>
    public static BackoffSchedule ForUnreachable() => Seconds(1, 2, 5, 10, 20, 40, 60);

    /// <summary>A broker that says no: somebody has to mend something.</summary>
    public static BackoffSchedule ForRefused() => Seconds(5, 10, 20, 40, 80, 160, 300);

    /// <summary>A claim or a delivery that failed for a fault of ours.</summary>
    public static BackoffSchedule ForSink() => Seconds(0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30);

    public static BackoffSchedule Seconds(params double[] seconds) => new([.. seconds.Select(TimeSpan.FromSeconds)]);

    public TimeSpan Next()
    {
        var step = steps[Math.Min(_next, steps.Length - 1)];
        _next = Math.Min(_next + 1, steps.Length);
        return step * (1 + (0.25 * _random()));
    }

    public void Reset() => _next = 0;
}
