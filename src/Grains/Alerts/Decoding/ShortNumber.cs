namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>
/// Numbers as nearly all are written: <c>18.53</c>, <c>-0.02</c>. Up to 15 digits make a whole number that a double holds exactly, and so is the power of ten it is divided by:
/// the one rounding of the division gives what a full parser gives (Clinger's fast path), at a fraction of its cost.
/// </summary>
internal static class ShortNumber
{
    private const int MostDigits = 15;
    private static ReadOnlySpan<double> PowersOfTen => [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14];

    /// <summary>False for every other form, good or bad: a full parser must say.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        var isNegative = text is [(byte)'-', ..];
        var digits = isNegative ? text[1..] : text;
        var point = digits.IndexOf((byte)'.');
        if (digits.Length > (point < 0 ? MostDigits : MostDigits + 1) || digits.IsEmpty || point == 0 || point == digits.Length - 1)
        {
            return false;
        }

        long whole = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            if (i == point)
            {
                continue;
            }

            var digit = (uint)(digits[i] - '0');
            if (digit > 9)
            {
                return false;
            }

            whole = (whole * 10) + digit;
        }

        var value = point < 0 ? whole : whole / PowersOfTen[digits.Length - 1 - point];
        number = isNegative ? -value : value;
        return true;
    }
}
