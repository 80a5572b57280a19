using System.Globalization;

namespace TomOrleans.Silo.Pages.Text;

/// <summary>Days in addresses: <c>2026-11-01</c>, in UTC.</summary>
public static class DayText
{
    private const string Format = "yyyy-MM-dd";

    /// <summary>Where the day begins [us since 1970, UTC]; null where there is no text. Throws <see cref="TomFault.Invalid"/> for a text that is no day.</summary>
    public static long? Begin(string? text) => string.IsNullOrEmpty(text) ? null
        : DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day)
            ? (day - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
            : throw new TomException(TomFault.Invalid, $"'{SafeText.Line(text)}' is no day; write it as {Format}.");
}
