using System.Globalization;
using OpenTelemetry.Exporter;

namespace TomOrleans.Silo.Hosting;

/// <summary>
/// One of the three things that OTLP carries, with the environment variables that are its alone; the exporter itself reads those that are for all. https://opentelemetry.io/docs/specs/otel/protocol/exporter/
/// </summary>
internal sealed class OtlpSignal
{
    public static readonly OtlpSignal Traces = new("TRACES");
    public static readonly OtlpSignal Metrics = new("METRICS");
    public static readonly OtlpSignal Logs = new("LOGS");
    private readonly string _prefix;

    private OtlpSignal(string name) => _prefix = $"OTEL_EXPORTER_OTLP_{name}_";

    public bool HasReceiver => Value("ENDPOINT") is not null;

    public void Configure(OtlpExporterOptions options)
    {
        // Taken as it stands, unlike the one for all, to which each signal's path is added.
        options.Endpoint = new Uri(Value("ENDPOINT")!);
        options.Headers = Value("HEADERS") ?? options.Headers;
        options.Protocol = Value("PROTOCOL") switch
        {
            "grpc" => OtlpExportProtocol.Grpc,
            "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
            _ => options.Protocol,
        };
        if (int.TryParse(Value("TIMEOUT"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            options.TimeoutMilliseconds = milliseconds;
        }
    }

    private string? Value(string name) => Environment.GetEnvironmentVariable(_prefix + name) is { Length: > 0 } value ? value : null;
}
