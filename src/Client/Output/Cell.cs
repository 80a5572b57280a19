using System.Globalization;
using Spectre.Console;

namespace TomOrleans.Client.Output;

/// <summary>A cell's text and, where it stands out, how it looks.</summary>
internal readonly record struct Cell(string? Text, Style? Look = null)
{
    private static readonly Style Alarm = new(Color.Red, decoration: Decoration.Bold);

    private static readonly Style Warning = new(Color.Yellow);

    public static implicit operator Cell(string? text) => new(text);

    public static implicit operator Cell(int number) => new(Count(number));

    public static implicit operator Cell(long number) => new(Count(number));

    /// <summary>In red where it is not zero: a count that somebody has to look at.</summary>
    public static Cell Bad(long count) => new(Count(count), count == 0 ? Style.Plain : Alarm);

    /// <summary>In red unless it is one of the words that mean well; in yellow where a heartbeat is late.</summary>
    public static Cell State(string state, params ReadOnlySpan<string> good) =>
        new(state, good.Contains(state) ? Style.Plain : state.StartsWith("silent:", StringComparison.Ordinal) ? Warning : Alarm);

    public static Cell Pale(string? text) => new(text, new(Color.Grey));

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
