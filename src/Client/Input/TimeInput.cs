using System.Globalization;

namespace TomOrleans.Client.Input;

/// <summary>Times as a person gives them. Nothing is guessed: the scale is UTC, and a time of day needs its <c>Z</c> or offset.</summary>
internal static class TimeInput
{
    public const string Allowed = "an RFC 3339 time (2026-11-01T02:03:04Z, or with an offset) or a date (2026-11-01, from 0 h UTC)";

    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd",
    ];

    /// <param name="text">The text as given.</param>
    /// <param name="microseconds">[us since 1970, UTC]</param>
    public static bool TryParse(string text, out long microseconds)
    {
        var isTime = DateTimeOffset.TryParseExact(
            text.Trim(),
            Forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time);
        microseconds = isTime ? (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond : 0;
        return isTime;
    }
}
