namespace TomOrleans.ShiftedClock;

/// <summary>A clock that is wrong by a constant. Time-outs and timers are those of the machine.</summary>
internal sealed class ShiftedTimeProvider(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}
