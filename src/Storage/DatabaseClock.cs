namespace TomOrleans.Storage;

/// <summary>
/// The time that all silos of a cluster agree on: that of the machine, corrected by what the database's clock differs from it. Leases, due times and what is looked for after a fault rest on
/// it, so that a host whose clock is wrong neither takes a submission from another one nor makes it wait. How long something takes, and timers, are the machine's. Safe on any thread.
/// </summary>
/// <param name="machine">The clock of this host.</param>
public sealed class DatabaseClock(TimeProvider machine) : TimeProvider
{
    /// <summary>Clocks kept by NTP differ by less: for that nothing is corrected.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan FirstLimit = TimeSpan.FromSeconds(5);
    private long _correctionTicks;

    /// <summary>The clock of this host, uncorrected.</summary>
    public TimeProvider Machine => machine;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    /// <summary>What the host's clock says, whether it is corrected or not.</summary>
    public static TimeProvider MachineOf(TimeProvider time) => time is DatabaseClock clock ? clock.Machine : time;

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow().AddTicks(Volatile.Read(ref _correctionTicks));

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Before the first use. A database that does not answer leaves the machine's clock as it is until <see cref="Note"/>.</summary>
    public async Task SetAsync(TomDatabase database)
    {
        await using var pulse = new DatabasePulse(database, machine);
        if (await pulse.ReadAsync(FirstLimit) is { } reading)
        {
            Note(reading);
        }
    }

    /// <summary>Takes over a difference that is larger than what the answer may have been on its way.</summary>
    public void Note(ClockReading reading)
    {
        var difference = reading.Database - reading.Machine;
        var change = (difference - TimeSpan.FromTicks(Volatile.Read(ref _correctionTicks))).Duration();
        if (change > Slack + (reading.Took / 2))
        {
            Volatile.Write(ref _correctionTicks, difference.Ticks);
        }
    }
}

/// <summary>Two clocks at one moment.</summary>
/// <param name="Database">What the database said.</param>
/// <param name="Machine">What this host's clock said in the middle of the call.</param>
/// <param name="Took">How long the call took: the moment is known no better than half of it.</param>
public readonly record struct ClockReading(DateTimeOffset Database, DateTimeOffset Machine, TimeSpan Took);
