using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Parked;

/// <summary>When a parked message is tried again by itself: what may pass after 10 s, 1 min, 10 min, 1 h and 6 h; everything else, and what did not pass by then, waits for a person. Pure.</summary>
public static class RetrySchedule
{
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    /// <param name="verdict">Why it is parked.</param>
    /// <param name="attempts">Tries so far, the first one included.</param>
    /// <param name="nowMicroseconds">[us since 1970, UTC]</param>
    /// <returns>[us since 1970, UTC]; null where it waits for a person.</returns>
    public static long? NextTry(Verdict verdict, int attempts, long nowMicroseconds) =>
        verdict.MayPass && attempts <= Pauses.Length ? nowMicroseconds + (Pauses[attempts - 1].Ticks / TimeSpan.TicksPerMicrosecond) : null;
}
