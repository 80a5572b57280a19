using System.Buffers;
using System.Globalization;

namespace TomOrleans.Grains.Targets;

internal enum AngleUnit
{
    /// <summary>A plain number, or degrees by their marks.</summary>
    Degrees,
    Hours,

    /// <summary>Three (or two) parts with colons or blanks: hours or degrees by custom only.</summary>
    Unstated,
}

internal readonly record struct Angle(double Value, AngleUnit Unit);

/// <summary>
/// Reads an angle in one number (<c>150.5</c>, <c>150.5d</c>, <c>150.5 deg</c>) or in parts (<c>10:20:30.5</c>, <c>10 20 30.5</c>,
/// <c>10h20m30.5s</c>, <c>-20d30m00s</c>, <c>20°30'00"</c>). Parts after the first are below 60; only the last may have a fraction.
/// </summary>
internal static class Sexagesimal
{
    private const int Longest = 40;
    private static readonly SearchValues<char> PartCharacters = SearchValues.Create("0123456789.");

    public static Angle? Read(ReadOnlySpan<char> given)
    {
        var text = given.Trim();
        if (text.IsEmpty || text.Length > Longest)
        {
            return null;
        }

        if (Number(text, NumberStyles.Float) is { } plain)
        {
            return new(plain, AngleUnit.Degrees);
        }

        var negative = text[0] == '-';
        text = text[0] is '-' or '+' ? text[1..] : text;
        Span<char> marks = stackalloc char[3];
        Span<double> parts = stackalloc double[3];
        var count = 0;
        while (!text.IsEmpty)
        {
            var end = text.IndexOfAnyExcept(PartCharacters);
            end = end < 0 ? text.Length : end;
            if (count == 3 || Number(text[..end], NumberStyles.AllowDecimalPoint) is not { } part
                || (text[..end].Contains('.') && end < text.Length && !IsLast(text[end..])))
            {
                return null;
            }

            (parts[count], marks[count]) = (part, Mark(text[end..], out var length));
            text = text[(end + length)..].TrimStart();
            count++;
        }

        var value = parts[0] + (parts[1] / 60) + (parts[2] / 3600);
        return UnitOf(marks[..count]) is { } unit && parts[1] < 60 && parts[2] < 60 ? new(negative ? -value : value, unit) : null;
    }

    private static AngleUnit? UnitOf(ReadOnlySpan<char> marks) => marks switch
    {
        "h" or "hm" or "hms" or "hm\0" or "h\0" => AngleUnit.Hours,
        "d" or "d'" or "d'\"" or "dm" or "dms" or "dm\0" or "d'\0" or "d\0" => AngleUnit.Degrees,
        "::\0" or ":\0" or "  \0" or " \0" => AngleUnit.Unstated,
        _ => null,
    };

    /// <summary>The mark at the beginning of the text, with its spellings made one.</summary>
    private static char Mark(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        if (text.IsEmpty)
        {
            return '\0';
        }

        length = text.StartsWith("deg") ? 3 : text.StartsWith(" deg") ? 4 : text.StartsWith("''") ? 2 : 1;
        return length > 2 ? 'd' : length == 2 ? '"' : text[0] switch
        {
            '°' => 'd',
            '\u2032' => '\'',
            '\u2033' => '"',
            var other => other,
        };
    }

    private static bool IsLast(ReadOnlySpan<char> rest)
    {
        Mark(rest, out var length);
        return rest[length..].Trim().IsEmpty;
    }

    private static double? Number(ReadOnlySpan<char> text, NumberStyles style) =>
        double.TryParse(text, style, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
