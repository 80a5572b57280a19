namespace TomOrleans.Grains;

/// <summary>The clock in the unit of our tables.</summary>
public static class Clock
{
    /// <summary>[us since 1970, UTC]</summary>
    public static long Microseconds(TimeProvider time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
