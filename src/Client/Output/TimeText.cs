using System.Globalization;

namespace TomOrleans.Client.Output;

/// <summary>Times as text: RFC 3339 in UTC, and ages.</summary>
internal static class TimeText
{
    /// <summary>To the microsecond, without idle zeros: <c>2026-11-01T02:03:04.5Z</c>. Null stays null.</summary>
    /// <param name="microseconds">[us since 1970, UTC]</param>
    public static string? Exact(long? microseconds) => Format(microseconds, "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'");

    /// <summary>To the second, for tables: <c>2026-11-01T02:03:04Z</c>. Null becomes an empty text.</summary>
    /// <param name="microseconds">[us since 1970, UTC]</param>
    public static string Short(long? microseconds) => Format(microseconds, "yyyy-MM-dd'T'HH:mm:ss'Z'") ?? "";

    public static string Short(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Modified Julian date [d, UTC] to 5 decimals, about a second.</summary>
    public static string Mjd(double mjd) => mjd.ToString("0.00000", CultureInfo.InvariantCulture);

    /// <summary>Modified Julian date [d, UTC] to the microsecond, in decimal: 0.1 d is told as 0.1.</summary>
    /// <param name="microseconds">[us since 1970, UTC]</param>
    public static decimal ExactMjd(long microseconds) => Math.Round(40587 + (microseconds / 86_400_000_000m), 11) / 1.0000000000000000000000000000m;

    /// <summary>How long ago in the largest unit that fits: <c>12 s ago</c>, <c>in 3 min</c>. Null becomes an empty text.</summary>
    /// <param name="microseconds">[us since 1970, UTC]</param>
    /// <param name="now">The moment to count from.</param>
    public static string Age(long? microseconds, DateTimeOffset now)
    {
        if (microseconds is not { } time)
        {
            return "";
        }

        var age = now - DateTimeOffset.UnixEpoch.AddMicroseconds(time);
        var span = age.Duration();
        var text = span switch
        {
            { TotalMinutes: < 1 } => $"{(int)span.TotalSeconds} s",
            { TotalHours: < 1 } => $"{(int)span.TotalMinutes} min",
            { TotalDays: < 2 } => $"{(int)span.TotalHours} h",
            _ => $"{(int)span.TotalDays} d",
        };
        return age < TimeSpan.Zero ? $"in {text}" : $"{text} ago";
    }

    /// <summary>A duration in the largest unit that fits, to two digits or the whole unit: <c>4.2 ms</c>, <c>12 s</c>, <c>3 h</c>.</summary>
    /// <param name="milliseconds">0 or more [ms].</param>
    public static string Span(double milliseconds) => milliseconds switch
    {
        < 10 => $"{milliseconds.ToString("0.0", CultureInfo.InvariantCulture)} ms",
        < 1_000 => $"{(int)milliseconds} ms",
        < 10_000 => $"{(milliseconds / 1_000).ToString("0.0", CultureInfo.InvariantCulture)} s",
        < 60_000 => $"{(int)(milliseconds / 1_000)} s",
        < 3_600_000 => $"{(int)(milliseconds / 60_000)} min",
        < 172_800_000 => $"{(int)(milliseconds / 3_600_000)} h",
        _ => $"{(int)(milliseconds / 86_400_000)} d",
    };

    private static string? Format(long? microseconds, string format) => microseconds is { } time
        ? DateTimeOffset.UnixEpoch.AddMicroseconds(time).UtcDateTime.ToString(format, CultureInfo.InvariantCulture)
        : null;
}
