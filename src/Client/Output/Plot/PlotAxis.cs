using System.Globalization;

namespace TomOrleans.Client.Output.Plot;

/// <summary>An axis from <paramref name="start"/> (first cell) to <paramref name="end"/> (last cell); either may be the larger.</summary>
internal sealed class PlotAxis(double start, double end, int cells)
{
    public double Low => Math.Min(start, end);

    public double High => Math.Max(start, end);

    /// <summary>The axis that holds all values with some room at both ends; one value alone gets <paramref name="room"/> around it.</summary>
    public static PlotAxis Around(IReadOnlyCollection<double> values, double room, int cells, bool reversed)
    {
        var (low, high) = (values.Min(), values.Max());
        var margin = high > low ? (high - low) * 0.04 : Math.Max(room, Math.Abs(low) * 1e-9);
        (low, high) = (low - margin, high + margin);
        return reversed ? new(high, low, cells) : new(low, high, cells);
    }

    /// <summary>The cell of a value; outside of 0 to cells-1 where the axis does not reach it.</summary>
    public int CellOf(double value) => (int)Math.Clamp(Math.Round((value - start) / (end - start) * (cells - 1)), -1, cells);

    /// <summary>Round values (steps of 1, 2 or 5 times a power of ten), no more of them than asked for.</summary>
    public (IReadOnlyList<double> Values, double Step) Ticks(int most)
    {
        var least = (High - Low) / Math.Max(most, 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        var step = power * new[] { 1.0, 2.0, 5.0, 10.0 }.First(factor => factor * power >= least * (1 - 1e-9));
        var first = Math.Ceiling(Low / step);
        var ticks = new List<double>();
        for (var at = 0; (first + at) * step <= High && at <= most; at++)
        {
            ticks.Add((first + at) * step);
        }

        return (ticks, step);
    }

    /// <summary>A tick's label with the decimals its step needs.</summary>
    public static string Label(double value, double step) => Math.Abs(step) is >= 1e6 or < 1e-4
        ? value.ToString("0.0##e+0", CultureInfo.InvariantCulture)
        : (value == 0 ? 0 : value).ToString($"F{Math.Max(0, (int)Math.Ceiling(-Math.Log10(step) - 1e-9))}", CultureInfo.InvariantCulture);
}
