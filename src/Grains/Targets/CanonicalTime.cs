using System.Globalization;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// The one way this TOM writes a time: <c>2026-07-01T03:04:05.25Z</c>, UTC, with as many digits of the second's fraction as it needs (none
/// to six).
/// </summary>
public static class CanonicalTime
{
    /// <summary>0001-01-01T00:00:00 and 9999-12-31T23:59:59.999999 [us since 1970, UTC].</summary>
    public static readonly long Earliest = (DateTime.MinValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <inheritdoc cref="Earliest"/>
    public static readonly long Latest = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <param name="utcMicroseconds">[us since 1970, UTC], between <see cref="Earliest"/> and <see cref="Latest"/>.</param>
    public static string Format(long utcMicroseconds) =>
        DateTime.UnixEpoch.AddTicks(utcMicroseconds * TimeSpan.TicksPerMicrosecond)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// True for what <see cref="Format"/> writes, closing zeros of the fraction not counted. <paramref name="text"/> must be a
    /// date-time that was read already.
    /// </summary>
    internal static bool IsCanonical(ReadOnlySpan<char> text) =>
        text.Length is 20 or (>= 22 and <= 27) && text[10] == 'T' && text[^1] == 'Z' && (text.Length == 20 || text[19] == '.');
}
