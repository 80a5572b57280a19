using System.Globalization;

namespace TomOrleans.Silo.Pages.Text;

/// <summary>Times as the pages write them. All input is POSIX time [us since 1970, UTC].</summary>
public static class TimeText
{
    /// <summary><c>2026-07-04 12:34:56</c>, with milliseconds only where there are any.</summary>
    public static string Utc(long microseconds)
    {
        var time = DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);
        var format = time.Millisecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.fff";
        return time.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>Modified Julian date [d, UTC] to 1e-5 d, about a second.</summary>
    public static string Mjd(double mjd) => mjd.ToString("F5", CultureInfo.InvariantCulture);

    /// <summary>How long ago, to about two digits: <c>12 s ago</c>, <c>3.4 d ago</c>; <c>in 30 s</c> for what is to come.</summary>
    public static string Ago(long microseconds, DateTimeOffset now)
    {
        var span = now - DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);
        return span < TimeSpan.Zero ? $"in {Length(-span)}" : $"{Length(span)} ago";
    }

    /// <summary>A duration: <c>4.2 ms</c>, <c>85 ms</c>, <c>1.2 s</c>, and on as ages are.</summary>
    /// <param name="milliseconds">0 or more [ms].</param>
    public static string Span(double milliseconds) => milliseconds switch
    {
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:F1} ms"),
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:F0} ms"),
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1_000:F1} s"),
        _ => Length(TimeSpan.FromMilliseconds(milliseconds)),
    };

    private static string Length(TimeSpan span) => span switch
    {
        { TotalSeconds: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:F0} s"),
        { TotalMinutes: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:F0} min"),
        { TotalHours: < 36 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:F1} h"),
        { TotalDays: < 100 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:F1} d"),
        { TotalDays: < 1000 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:F0} d"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays / 365.25:F1} yr"),
    };
}
