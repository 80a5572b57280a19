using System.Globalization;
using System.Text.Json.Serialization;

namespace TomOrleans.Bench.Measuring;

/// <summary>One run of one contender.</summary>
internal sealed record Measurement
{
    public required double Seconds { get; init; }

    public required long Items { get; init; }

    /// <summary>Of the whole process. [us]</summary>
    public required double CpuMicrosecondsPerItem { get; init; }

    /// <summary>Allocated by the whole process. [bytes]</summary>
    public required double BytesPerItem { get; init; }

    public required int Gen0 { get; init; }

    public required int Gen2 { get; init; }

    /// <summary>In which the garbage collector let nobody else work. [us]</summary>
    public required double PausedMicrosecondsPerItem { get; init; }

    /// <summary>In how many batches they were delivered; 0 where there are none.</summary>
    public long Batches { get; init; }

    /// <summary>The most that the process held in memory up to the end, where it was measured. [10^6 bytes]</summary>
    public double? PeakMegabytes { get; init; }

    public double PerSecond => Items / Seconds;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{PerSecond:N0} messages/s, {CpuMicrosecondsPerItem:N1} us CPU, {PausedMicrosecondsPerItem:N1} us of garbage collection, {BytesPerItem:N0} bytes a message")
        + (Batches > 0 ? $", {Items / Batches} a batch" : "")
        + (PeakMegabytes is { } peak ? string.Create(CultureInfo.InvariantCulture, $", {peak:N0} MB at most") : "");
}

[JsonSerializable(typeof(Measurement))]
internal sealed partial class MeasurementJson : JsonSerializerContext;
