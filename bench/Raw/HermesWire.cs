using System.Text.Json.Serialization;

namespace TomOrleans.Bench.Raw;

/// <summary>A Hermes message as somebody would write it down for System.Text.Json.</summary>
internal sealed record HermesWireMessage(string Title, string Topic, string MessageText, string Submitter, string Authors, HermesWireData Data);

internal sealed record HermesWireData(List<HermesWireTarget> Targets, List<HermesWireRow> Photometry);

internal sealed record HermesWireTarget(string Name, double? Ra, double? Dec, List<string>? Aliases);

internal sealed record HermesWireRow(
    string TargetName,
    DateTime DateObs,
    string? Telescope,
    string? Instrument,
    string Bandpass,
    double? Brightness,
    double? BrightnessError,
    string? BrightnessUnit,
    double? ExposureTime,
    double? LimitingBrightness,
    string? LimitingBrightnessUnit);

[JsonSerializable(typeof(HermesWireMessage))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class HermesJson : JsonSerializerContext;
