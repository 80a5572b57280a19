using System.Diagnostics.CodeAnalysis;
using TomOrleans.Grains.Targets.Times;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// Reads a time of observation as people and programs send it, or says why it cannot be read for certain. Taken are ISO 8601 date-times
/// (extended, or basic with seconds), an ISO date alone (midnight), and Julian or modified Julian dates told apart by their size. All
/// without a zone are UTC [UTC].
/// </summary>
/// <remarks>
/// Seen on Hermes topics: <c>2026-07-01T03:04:05Z</c>, <c>2026-07-01T03:04:05,5Z</c>, <c>20260701T030405Z</c>, <c>2026-07-01</c>,
/// <c>2.4612225e6</c>, <c>61222.128</c>; and also <c>01/07/2026</c>, <c>2026</c>, <c>2026-07-01T03:04:05 PST</c>, <c>61_222.1</c>,
/// which are refused.
/// </remarks>
public static class TimeReader
{
    private const int Longest = 64;

    /// <summary>Reads a time; blanks around it do not count. Never throws.</summary>
    /// <param name="given">The text, or the digits of a number as they were sent.</param>
    /// <param name="time">The time, with the text it came as unless that is canonical.</param>
    /// <param name="reason">Why not, with the value: one line for a person.</param>
    public static bool TryRead(ReadOnlySpan<char> given, out ObservationTime time, [NotNullWhen(false)] out string? reason)
    {
        time = default;
        var text = given.Trim();
        if (text.IsEmpty)
        {
            reason = "is empty";
            return false;
        }

        var why = text.Length > Longest ? $"is longer than {Longest} characters" : Read(text, out time);
        reason = why is null ? null : $"{QuotedText.Of(text)} {why}";
        return why is null;
    }

    /// <summary>Reads the same from UTF-8.</summary>
    public static bool TryRead(ReadOnlySpan<byte> given, out ObservationTime time, [NotNullWhen(false)] out string? reason)
    {
        // Longer texts are refused anyhow, by their beginning.
        Span<char> text = stackalloc char[2 * Longest];
        System.Text.Unicode.Utf8.ToUtf16(given, text, out _, out var length);
        return TryRead(text[..length], out time, out reason);
    }

    /// <summary>Reads a Julian or modified Julian date that counts in a scale other than UTC, as its source says.</summary>
    public static bool TryReadJulian(ReadOnlySpan<char> given, TimeScale scale, out ObservationTime time, [NotNullWhen(false)] out string? reason)
    {
        var text = given.Trim();
        time = default;
        long microseconds = 0;
        TimeForm form = default;
        var why = text.IsEmpty ? "is empty"
            : text.Length > Longest ? $"is longer than {Longest} characters"
            : !JulianTime.IsNumber(text) ? IsNonFinite(text) ? "is not a finite number" : "is not a plain number"
            : JulianTime.Read(text, scale, out microseconds, out form);
        if (why is null)
        {
            time = new(microseconds, form, text.ToString());
        }

        reason = why is null ? null : $"{QuotedText.Of(text)} {why}";
        return why is null;
    }

    private static string? Read(ReadOnlySpan<char> text, out ObservationTime time)
    {
        time = default;
        string? why;
        if (IsoTime.IsDate(text))
        {
            why = IsoTime.Read(text, out var microseconds);
            time = why is null ? new(microseconds, TimeForm.Iso, CanonicalTime.IsCanonical(text) ? null : text.ToString()) : default;
        }
        else if (JulianTime.IsNumber(text))
        {
            why = JulianTime.Read(text, out var microseconds, out var form);
            time = why is null ? new(microseconds, form, text.ToString()) : default;
        }
        else
        {
            why = Unreadable(text);
        }

        return why;
    }

    private static string Unreadable(ReadOnlySpan<char> text) => text switch
    {
        _ when text.Contains('/') => "cannot be read for certain: it could be day/month or month/day",
        _ when text.ContainsAny('_', '\'') => "is not a plain number",
        _ when IsNonFinite(text) => "is not a finite number",
        _ when char.IsAsciiDigit(text[0]) && text.Contains(':') => "is no ISO 8601 date with a time",
        _ => "is no ISO 8601 date, Julian date or modified Julian date",
    };

    private static bool IsNonFinite(ReadOnlySpan<char> text)
    {
        var unsigned = text.TrimStart("+-");
        return unsigned.Equals("nan", StringComparison.OrdinalIgnoreCase) || unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase)
            || unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase);
    }
}
