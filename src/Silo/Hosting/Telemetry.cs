using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using TomOrleans.Grains;

namespace TomOrleans.Silo.Hosting;

/// <summary>
/// Figures for Prometheus at <c>/metrics</c>; figures, traces and logs by OTLP where the standard environment variables name a receiver (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>OTEL_SERVICE_NAME</c> ...).
/// </summary>
public static class Telemetry
{
    private const string Service = "tomorleans";

    public static bool HasReceiver => Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 };

    public static void AddTelemetry(this IServiceCollection services, string silo, string version)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Service, serviceVersion: version, serviceInstanceId: silo).AddEnvironmentVariableDetector())
            .WithMetrics(metrics =>
            {
                metrics.AddMeter("TomOrleans.*", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql");
                if (HasReceiver)
                {
                    // Told once a call: for those who asked for everything.
                    metrics.AddMeter("Microsoft.Orleans");
                }

                metrics.AddPrometheusExporter();
            });
        if (HasReceiver)
        {
            telemetry.WithTracing(tracing => tracing.AddSource(TomTraces.SourceName, "Microsoft.Orleans.Application", "Npgsql")).UseOtlpExporter();
        }
    }
}
