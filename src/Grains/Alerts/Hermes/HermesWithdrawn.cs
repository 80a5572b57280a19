using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>Messages that were withdrawn before they were read here, as where a handler was behind or a topic is read anew: what they bring is stored as withdrawn. Pure.</summary>
internal static class HermesWithdrawn
{
    /// <summary>The batch, with the measurements of these messages marked; the same one where there are none.</summary>
    public static AlertBatch Mark(AlertBatch batch, IReadOnlySet<Guid> withdrawn) =>
        withdrawn.Count > 0 && batch.Alerts.Any(alert => IsOf(alert, withdrawn))
            ? batch with { Alerts = [.. batch.Alerts.Select(alert => IsOf(alert, withdrawn) ? alert with { Report = Mark(alert.Report!) } : alert)] }
            : batch;

    private static bool IsOf(Alert alert, IReadOnlySet<Guid> withdrawn) => alert is { Report: not null, MessageId: { } id } && withdrawn.Contains(id);

    private static PhotometryReport Mark(PhotometryReport report) => report with
    {
        Points = [.. report.Points.Select(row => row with { Point = row.Point with { IsRetracted = true } })],
        Spectra = [.. report.Spectra.Select(row => row with { Spectrum = row.Spectrum with { Head = row.Spectrum.Head with { IsRetracted = true } } })],
    };
}
