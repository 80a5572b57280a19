using System.Globalization;
using System.Text;

namespace TomOrleans.HermesRules.PythonJson;

/// <summary>Numbers as Python reads and writes them; Hermes' answers and its leniency follow from these rules.</summary>
internal static class PythonNumber
{
    /// <summary>
    /// Python's <c>float(text)</c>: outer blanks, <c>_</c> between digits, digits of any script, <c>nan</c>, <c>inf</c> and <c>infinity</c> are taken;
    /// hexadecimal, a Unicode minus and thousands separators are not.
    /// </summary>
    public static bool TryParse(string text, out double number)
    {
        number = 0;
        var plain = new StringBuilder(text.Length);
        var trimmed = PythonText.Strip(text);
        for (var i = 0; i < trimmed.Length; i++)
        {
            var c = trimmed[i];
            if (c == '_')
            {
                if (i == 0 || i == trimmed.Length - 1 || !char.IsDigit(trimmed[i - 1]) || !char.IsDigit(trimmed[i + 1]))
                {
                    return false;
                }

                continue;
            }

            plain.Append(char.IsDigit(c) ? (char)('0' + (int)char.GetNumericValue(c)) : c);
        }

        return TryWord(plain.ToString(), out number)
            || (IsDecimal(plain) && double.TryParse(plain.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number));
    }

    /// <summary>Python's <c>repr(float)</c>: shortest text that reads back, always with a point or an exponent; exponent below 1e-4 and from 1e16.</summary>
    public static string Repr(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }

        var (sign, digits, exponent) = Shortest(number);
        if (exponent is < -4 or >= 16)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            var power = Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
            return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{power}";
        }

        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }

        var padded = digits.PadRight(exponent + 2, '0');
        return $"{sign}{padded[..(exponent + 1)]}.{padded[(exponent + 1)..]}";
    }

    /// <summary>The text of a number in Python's JSON, where the non-finite ones have names of their own.</summary>
    public static string ToJson(double number) =>
        double.IsNaN(number) ? "NaN"
        : double.IsInfinity(number) ? (number > 0 ? "Infinity" : "-Infinity")
        : Repr(number);

    private static (string Sign, string Digits, int Exponent) Shortest(double number)
    {
        var sign = double.IsNegative(number) ? "-" : "";
        if (number == 0)
        {
            return (sign, "0", 0);
        }

        // .NET's shortest round-trip text has the same digits, laid out by other rules: 1E+16, 1.5E-05.
        var parts = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var whole = parts[0].Split('.')[0];
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var exponent = whole.Length - 1 - (all.Length - digits.Length) + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        return (sign, digits.TrimEnd('0'), exponent);
    }

    private static bool TryWord(string text, out double number)
    {
        var unsigned = text.TrimStart('+', '-');
        number = unsigned.ToUpperInvariant() switch
        {
            "NAN" => double.NaN,
            "INF" or "INFINITY" => text.StartsWith('-') ? double.NegativeInfinity : double.PositiveInfinity,
            _ => 0,
        };
        return number != 0 && text.Length - unsigned.Length <= 1;
    }

    private static bool IsDecimal(StringBuilder text)
    {
        var hasDigit = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            hasDigit |= char.IsAsciiDigit(c);
            if (!char.IsAsciiDigit(c) && c is not ('+' or '-' or '.' or 'e' or 'E'))
            {
                return false;
            }
        }

        return hasDigit;
    }
}
