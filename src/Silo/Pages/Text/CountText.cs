using System.Globalization;

namespace TomOrleans.Silo.Pages.Text;

/// <summary>Counts with thin spaces between the thousands, so that long ones can be read and copied columns still line up.</summary>
public static class CountText
{
    private static readonly NumberFormatInfo Grouped = new() { NumberGroupSeparator = "\u202f", NumberDecimalDigits = 0 };

    public static string Of(long count) => count.ToString("N0", Grouped);

    /// <summary><c>1 point</c>, <c>2 points</c>.</summary>
    public static string Of(long count, string one, string many) => $"{Of(count)} {(count == 1 ? one : many)}";
}
