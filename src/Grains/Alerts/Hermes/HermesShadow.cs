using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Shadow;
using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Targets;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>What the handler <c>hermes</c> would do: resolves and judges as it does, against the tables as they are, and makes no target and stores no point.</summary>
public sealed class HermesShadow(TargetTable targets, PhotometryTable photometry, OwnSubmissions own) : IShadowHandler
{
    public string Name => "hermes";

    public IShadowRun Begin(HandlerDefinition definition) => new Run(definition.CreateTargets, targets, photometry, own);

    private sealed class Run(bool createTargets, TargetTable targets, PhotometryTable photometry, OwnSubmissions own) : IShadowRun
    {
        private readonly ShadowTargets _targets = new(targets, photometry);

        public async Task<IReadOnlyList<ShadowOutcome>> JudgeAsync(ImmutableArray<Alert> alerts)
        {
            // All that may fail comes first: what is noted is noted once.
            var isOwn = new bool[alerts.Length];
            for (var i = 0; i < alerts.Length; i++)
            {
                isOwn[i] = alerts[i] is { Report.SubmissionKey: { } key, MessageId: { } id } && await own.IsOwnAsync(key, id, alerts[i].Sender);
            }

            await _targets.LoadAsync(alerts.Where((_, i) => !isOwn[i]).Select(alert => alert.Report).OfType<PhotometryReport>());
            return [.. alerts.Select((alert, i) => isOwn[i] ? ShadowOutcome.Of(HermesVerdicts.Own) : Judge(alert))];
        }

        private ShadowOutcome Judge(Alert alert)
        {
            if (alert.Report is not { Points.IsEmpty: false } report)
            {
                var isKnown = alert.Report?.Spectra.Any(spectrum => _targets.Find(spectrum.TargetName) is not null) ?? false;
                return ShadowOutcome.Of(HermesVerdicts.Of(alert.Report, isKnown, isRepeat: false));
            }

            var made = createTargets ? _targets.Make(report) : 0;
            var points = new Dictionary<ShadowTargetState, ShadowPoints>();
            var isRepeat = true;
            foreach (var (name, point) in report.Points)
            {
                if (_targets.Find(name) is not { } target)
                {
                    continue;
                }

                var fate = target.Record(PhotometryRows.ToRow(point));
                isRepeat &= fate == ShadowFate.Repeat;
                var before = points.TryGetValue(target, out var sum) ? sum : new(target.Name, target.IsNew, 0, 0, 0);
                points[target] = fate switch
                {
                    ShadowFate.New => before with { New = before.New + 1 },
                    ShadowFate.Revision => before with { Revised = before.Revised + 1 },
                    _ => before with { Known = before.Known + 1 },
                };
            }

            return new(HermesVerdicts.Of(report, points.Count > 0, isRepeat), [.. points.Values], made);
        }
    }
}
