using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TomOrleans.Targets;

/// <summary>
/// How a stored value is called: <c>measurement.value</c>, two hashes of 16 hexadecimal digits each. The part before the point stays the same over all revisions.
/// </summary>
public static class PointKeys
{
    private const int Digits = 16;

    public static string Format(long identity, long content) => string.Create(CultureInfo.InvariantCulture, $"{(ulong)identity:x16}.{(ulong)content:x16}");

    /// <summary>Reads a whole key, or its first part alone; then <paramref name="content"/> is null.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out long identity, out long? content)
    {
        (identity, content) = (0, null);
        var whole = text.AsSpan().Trim();
        if (!TryHex(whole[..Math.Min(Digits, whole.Length)], out identity) || whole.Length == Digits)
        {
            return whole.Length == Digits && TryHex(whole, out identity);
        }

        if (whole.Length != (2 * Digits) + 1 || whole[Digits] != '.' || !TryHex(whole[(Digits + 1)..], out var value))
        {
            return false;
        }

        content = value;
        return true;
    }

    private static bool TryHex(ReadOnlySpan<char> text, out long value)
    {
        var isHex = ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) && text.Length == Digits;
        value = unchecked((long)bits);
        return isHex;
    }
}
