using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>How a Hermes message is judged, the same live and in a shadow. Pure.</summary>
internal static class HermesVerdicts
{
    public static readonly Verdict Own = Verdict.Ignored("our own message coming back");

    /// <param name="report">What the message says.</param>
    /// <param name="hasTarget">Whether the target of any of its points or spectra is known.</param>
    /// <param name="isRepeat">Whether each of its points was stored by this very message before.</param>
    public static Verdict Of(PhotometryReport? report, bool hasTarget, bool isRepeat) =>
        report is null ? Verdict.Ignored("no photometry")
        : !report.Faults.IsEmpty ? Verdict.Parked($"{report.Faults.Length} of {report.Faults.Length + report.Points.Length + report.Spectra.Length} rows could not be read: {report.Faults[0]}", report.Faults)
        : report.Points.IsEmpty && report.Spectra.IsEmpty ? Verdict.Ignored("no photometry")
        : !hasTarget ? Verdict.Ignored("no such target")
        : isRepeat ? Verdict.Ignored("repeat of a message read before")
        : Verdict.Handled;
}
