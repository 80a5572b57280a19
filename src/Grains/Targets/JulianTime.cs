using System.Buffers;
using System.Globalization;
using TomOrleans.Grains.Targets.Times;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// Julian dates (2,400,000 to 2,600,000) and modified Julian dates (10,000 to 150,000) [d] from their digits, in UTC unless another scale is named. Hermes takes modified
/// Julian dates from 1000 on; below 10,000 (the year 1886) a number is likelier to be a year, so we do not.
/// </summary>
/// <remarks>Decimal arithmetic: a double holds a Julian date only to about 40 us.</remarks>
internal static class JulianTime
{
    private const decimal ModifiedJulianDateZero = 2_400_000.5m;
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789+-.eE");

    /// <summary>True when the text is a number in form, in range or not.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExcept(NumberCharacters)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <returns>Why the number is no date; null when it is one.</returns>
    public static string? Read(ReadOnlySpan<char> digits, out long utcMicroseconds, out TimeForm form) =>
        Read(digits, TimeScale.Utc, out utcMicroseconds, out form);

    /// <summary>Reads a date that counts in another scale.</summary>
    /// <returns>Why the number is no date; null when it is one.</returns>
    public static string? Read(ReadOnlySpan<char> digits, TimeScale scale, out long utcMicroseconds, out TimeForm form)
    {
        (utcMicroseconds, form) = (0, default);
        if (!decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var days))
        {
            return "is too large for a date";
        }

        switch (days)
        {
            case >= 2_400_000m and <= 2_600_000m:
                form = FormOf(scale, isModified: false);
                return TimeScales.ToUtc(days, scale, out utcMicroseconds);
            case >= 10_000m and <= 150_000m:
                form = FormOf(scale, isModified: true);
                return TimeScales.ToUtc(days + ModifiedJulianDateZero, scale, out utcMicroseconds);
            case >= 1_000m and < 10_000m:
                return "cannot be read for certain: it could be a year or a modified Julian date";
            case >= 500_000_000m:
                return "is no date: seconds or milliseconds since 1970 are not taken";
            default:
                return "is neither a Julian date (2400000 to 2600000) nor a modified Julian date (10000 to 150000)";
        }
    }

    private static TimeForm FormOf(TimeScale scale, bool isModified) => (scale, isModified) switch
    {
        (TimeScale.Utc, false) => TimeForm.JulianDate,
        (TimeScale.Utc, true) => TimeForm.ModifiedJulianDate,
        (TimeScale.Tai, false) => TimeForm.JulianDateTai,
        (TimeScale.Tai, true) => TimeForm.ModifiedJulianDateTai,
        (TimeScale.Tt, false) => TimeForm.JulianDateTt,
        (TimeScale.Tt, true) => TimeForm.ModifiedJulianDateTt,
        (TimeScale.Tdb, true) => TimeForm.ModifiedJulianDateTdb,
        (TimeScale.Tdb, false) => TimeForm.JulianDateTdb,

        // Nobody writes it as a modified Julian date; the digits of the text tell.
        _ => TimeForm.JulianDateTcb,
    };
}
