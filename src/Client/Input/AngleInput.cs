using System.Globalization;
using System.Text.RegularExpressions;

namespace TomOrleans.Client.Input;

/// <summary>
/// Right ascensions and declinations as people write them. A number is degrees. In parts (<c>05:34:31.9</c>, <c>05 34 31.9</c>, <c>05h34m31.9s</c>, <c>-20d30m00s</c>) a right ascension is
/// in hours, unless it says degrees, and a declination always in degrees.
/// </summary>
internal static partial class AngleInput
{
    public const string RightAscension = "degrees (83.63) or hours (05:34:31.9, 05h34m31.9s)";

    public const string Declination = "degrees (22.01, +22:00:52, 22d00m52s)";

    /// <summary>[deg], from 0 to less than 360.</summary>
    public static bool TryRightAscension(string text, out double degrees)
    {
        if (!TryRead(text, out degrees, out var mark))
        {
            return false;
        }

        degrees = mark is 'h' or ':' ? degrees * 15 : degrees;
        return degrees is >= 0 and < 360;
    }

    /// <summary>[deg], from -90 to 90.</summary>
    public static bool TryDeclination(string text, out double degrees) => TryRead(text, out degrees, out var mark) && mark != 'h' && degrees is >= -90 and <= 90;

    /// <summary>[deg], above 0 up to 180: a number is degrees, or says its unit.</summary>
    public static bool TryRadius(string text, out double degrees)
    {
        degrees = 0;
        foreach (var (suffix, perDegree) in new[] { ("arcsec", 3600.0), ("arcmin", 60.0), ("deg", 1.0), ("\"", 3600.0), ("'", 60.0) })
        {
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                var isNumber = TryNumber(text[..^suffix.Length].TrimEnd(), out degrees);
                degrees /= perDegree;
                return isNumber && degrees is > 0 and <= 180;
            }
        }

        return TryNumber(text, out degrees) && degrees is > 0 and <= 180;
    }

    public static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <param name="text">The angle.</param>
    /// <param name="value">In units of its first part.</param>
    /// <param name="mark"><c>h</c>, <c>d</c>, or <c>:</c> for parts without a mark; <c>d</c> for a number.</param>
    private static bool TryRead(string text, out double value, out char mark)
    {
        mark = 'd';
        if (TryNumber(text.Trim(), out value))
        {
            return true;
        }

        if (Parts().Match(text.Trim()) is not { Success: true } parts)
        {
            return false;
        }

        mark = parts.Groups["unit"].Value switch { "h" => 'h', "d" or "deg" or "°" => 'd', _ => ':' };
        string[] texts = [parts.Groups["a"].Value, parts.Groups["b"].Value, parts.Groups["c"].Value];
        var given = texts.TakeWhile(part => part.Length > 0).ToArray();
        if (given[..^1].Any(part => part.Contains('.', StringComparison.Ordinal)))
        {
            return false;
        }

        var numbers = texts.Select(part => part.Length == 0 ? 0 : double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        value = numbers[0] + (numbers[1] / 60) + (numbers[2] / 3600);
        value = parts.Groups["sign"].Value == "-" ? -value : value;
        return numbers[1] < 60 && numbers[2] < 60;
    }

    [GeneratedRegex("""
        ^(?<sign>[+-])?(?<a>\d+(\.\d+)?)\s*(?:
            (?<unit>h|deg|d|°)(?:\s*(?<b>\d+(\.\d+)?)\s*(?:m|'|′)(?:\s*(?<c>\d+(\.\d+)?)\s*(?:s|"|″|''))?)?
          | (?<unit>:)\s*(?<b>\d+(\.\d+)?)(?:\s*:\s*(?<c>\d+(\.\d+)?))?
          | (?<unit>\s)(?<b>\d+(\.\d+)?)(?:\s+(?<c>\d+(\.\d+)?))?
        )$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parts();
}
