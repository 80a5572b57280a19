using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TomOrleans.Grains;

namespace TomOrleans.Silo.Hosting;

/// <summary>
/// Figures for Prometheus at <c>/metrics</c>; figures, traces and logs by OTLP where the standard environment variables name a receiver: one for all (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>), or one for some of them
/// (<c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c>, <c>..._METRICS_ENDPOINT</c>, <c>..._LOGS_ENDPOINT</c>).
/// </summary>
public static class Telemetry
{
    private const string Service = "tomorleans";

    /// <summary>Whether spans go anywhere.</summary>
    public static bool HasTraceReceiver => HasReceiverOfAll || OtlpSignal.Traces.HasReceiver;

    private static bool HasReceiverOfAll => Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 };

    public static void AddTelemetry(this IServiceCollection services, string silo, string version)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Service, serviceVersion: version, serviceInstanceId: silo).AddEnvironmentVariableDetector())
            .WithMetrics(metrics =>
            {
                metrics.AddMeter("TomOrleans.*", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql");
                if (HasReceiverOfAll || OtlpSignal.Metrics.HasReceiver)
                {
                    // Told once a call: for those who asked for everything.
                    metrics.AddMeter("Microsoft.Orleans");
                }

                metrics.AddPrometheusExporter();
            });
        if (HasTraceReceiver)
        {
            telemetry.WithTracing(tracing => tracing.AddSource(TomTraces.SourceName, "Microsoft.Orleans.Application", "Npgsql"));
        }

        if (HasReceiverOfAll)
        {
            // Heeds the variables of a single signal too.
            telemetry.UseOtlpExporter();
            return;
        }

        // It would send what has no receiver to the default one.
        if (OtlpSignal.Traces.HasReceiver)
        {
            telemetry.WithTracing(tracing => tracing.AddOtlpExporter(OtlpSignal.Traces.Configure));
        }

        if (OtlpSignal.Metrics.HasReceiver)
        {
            telemetry.WithMetrics(metrics => metrics.AddOtlpExporter(OtlpSignal.Metrics.Configure));
        }

        if (OtlpSignal.Logs.HasReceiver)
        {
            telemetry.WithLogging(logs => logs.AddOtlpExporter(OtlpSignal.Logs.Configure));
        }
    }
}
