namespace TomOrleans.Streams.Kafka;

/// <summary>Where a partition that existed before the stream was first configured is read from.</summary>
public sealed record StartPosition
{
    private StartPosition(string name, DateTimeOffset? time = null)
    {
        Name = name;
        Time = time;
    }

    /// <summary>Only what arrives from now on.</summary>
    public static StartPosition Latest { get; } = new("latest");

    /// <summary>All the broker still has.</summary>
    public static StartPosition Earliest { get; } = new("earliest");

    /// <summary><c>latest</c>, <c>earliest</c> or <c>time</c>.</summary>
    public string Name { get; }

    /// <summary>Set for <see cref="At"/> only.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>From the first message whose timestamp is not before <paramref name="time"/>; from the end where there is none.</summary>
    public static StartPosition At(DateTimeOffset time) => new("time", time);

    public override string ToString() => Time is { } time ? time.UtcDateTime.ToString("O") : Name;
}
