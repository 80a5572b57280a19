using TomOrleans.Alerts;
using TomOrleans.Grains.Targets;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>The spectra of a batch on their way to their targets.</summary>
internal sealed class HermesSpectra(AlertBatch batch, Verdict?[] verdicts)
{
    private readonly bool[] _hasTarget = new bool[batch.Alerts.Length];

    /// <summary>False when there is nothing to do, as nearly always.</summary>
    public bool Any { get; } = batch.Alerts.Where((alert, i) => verdicts[i] is null && alert.Report is { Spectra.IsEmpty: false }).Any();

    /// <summary>The names that the spectra are of, normalised.</summary>
    public IEnumerable<string> Names => batch.Alerts.Where((_, i) => verdicts[i] is null).SelectMany(alert => alert.Report?.Spectra ?? [])
        .Select(spectrum => TargetNames.Normalise(spectrum.TargetName));

    /// <summary>When this returns, every spectrum whose target is known is durable. Safe to repeat. Throws what a target threw.</summary>
    public async Task RecordAsync(IReadOnlyDictionary<string, long> targets, IGrainFactory grains)
    {
        for (var i = 0; i < batch.Alerts.Length; i++)
        {
            if (verdicts[i] is not null || batch.Alerts[i].Report is not { Spectra: { IsEmpty: false } spectra })
            {
                continue;
            }

            foreach (var group in spectra.GroupBy(spectrum => TargetNames.Normalise(spectrum.TargetName)))
            {
                if (targets.TryGetValue(group.Key, out var id))
                {
                    _hasTarget[i] = true;
                    await grains.TargetSpectra(id).RecordAsync([.. group.Select(spectrum => spectrum.Spectrum)]);
                }
            }
        }
    }

    public bool HasTarget(int alert) => _hasTarget[alert];
}
