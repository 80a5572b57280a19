using System.Globalization;

namespace TomOrleans.Bench.Measuring;

/// <summary>How long messages were on their way. [ms]</summary>
/// <param name="P50">From the producer's call to handled, half of all at most.</param>
/// <param name="P99">The same, 99 of 100 at most.</param>
/// <param name="ProducedP50">From the producer's call to the broker's answer that it has it, half of all at most.</param>
internal sealed record Latency(double P50, double P99, double ProducedP50)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p50 {P50:N1} ms, p99 {P99:N1} ms, to the broker p50 {ProducedP50:N1} ms");

    /// <summary>Of all values the one that so large a part does not exceed.</summary>
    public static double Quantile(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(part * sorted.Length))];
    }
}
