namespace TomOrleans.Sandbox.Sky;

/// <summary>Modified Julian dates and civil time. Both UTC; no leap seconds, as in the days of .NET.</summary>
internal static class Mjd
{
    private static readonly DateTimeOffset Zero = new(1858, 11, 17, 0, 0, 0, TimeSpan.Zero);

    /// <summary>[d, MJD UTC]</summary>
    public static double From(DateTimeOffset time) => (time - Zero).TotalDays;

    /// <summary>To the millisecond, which is as fine as the messages say it.</summary>
    public static DateTimeOffset ToTime(double mjd) => Zero.AddMilliseconds(Math.Round(mjd * 86_400_000));
}
