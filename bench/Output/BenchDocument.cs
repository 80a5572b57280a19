using System.Text.Json.Serialization;

namespace TomOrleans.Bench.Output;

/// <summary>What <c>--json</c> prints.</summary>
internal sealed record BenchDocument(IReadOnlyDictionary<string, string> Machine, IReadOnlyList<BenchCase> Cases);

/// <param name="Name">The case.</param>
/// <param name="Unit">Of <paramref name="Value"/> and of the rounds' values.</param>
/// <param name="Value">The median.</param>
/// <param name="RatioTo">The case it is compared with; null for that one itself.</param>
/// <param name="Ratio">The median of the rounds' ratios.</param>
/// <param name="CpuMicrosecondsPerItem">The median, of the whole process. [us]</param>
/// <param name="BytesPerItem">The median, allocated by the whole process. [bytes]</param>
/// <param name="Rounds">In their order.</param>
internal sealed record BenchCase(
    string Name, string Unit, double Value, string? RatioTo, double? Ratio, double CpuMicrosecondsPerItem, double BytesPerItem, IReadOnlyList<BenchRound> Rounds);

internal sealed record BenchRound(double Value, double? Ratio, double CpuMicrosecondsPerItem, double BytesPerItem);

[JsonSerializable(typeof(BenchDocument))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
internal sealed partial class BenchJson : JsonSerializerContext;
