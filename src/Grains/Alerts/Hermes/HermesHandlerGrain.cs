using System.Collections.Immutable;
using Orleans.Concurrency;
using TomOrleans.Alerts;
using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>
/// Handler <c>hermes</c>: stores the photometry of messages with the targets they name. Exactly once: its effects are points, and a point is stored once.
/// A message with rows that could not be read is parked, and its good rows are stored all the same.
/// </summary>
[GrainType("hermes-handler"), StatelessWorker(1)]
public sealed class HermesHandlerGrain(StreamCatalog catalog, TargetResolver resolver, OwnSubmissions own) : Grain, IAlertHandler
{
    private HandlerDefinition? _definition;

    public async Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        _definition ??= catalog.Find(batch.Handler) ?? throw new InvalidOperationException($"{batch.Handler} is not configured");
        var verdicts = new Verdict?[batch.Alerts.Length];
        await MarkOwnAsync(batch, verdicts);
        var ids = await ResolveAsync(batch, verdicts);
        var work = PhotometryGroups.Of(batch.Alerts, verdicts, ids);
        await Task.WhenAll(work.Targets.Select(async group =>
            group.Fates = await GrainFactory.Target(group.TargetId).RecordPhotometryAsync(group.Points)));
        return new([.. batch.Alerts.Select((alert, i) => verdicts[i] ?? Judge(alert, work.FatesOf(i)))]);
    }

    /// <summary>Our own messages coming back change nothing, but prove that they arrived.</summary>
    private async Task MarkOwnAsync(AlertBatch batch, Verdict?[] verdicts)
    {
        if (!batch.Alerts.Any(alert => alert.Report?.SubmissionKey is not null))
        {
            return;
        }

        for (var i = 0; i < batch.Alerts.Length; i++)
        {
            if (batch.Alerts[i] is { Report.SubmissionKey: { } key } alert && await own.RecogniseAsync(key, alert.MessageId, alert.Sender))
            {
                verdicts[i] = Verdict.Ignored("our own message coming back");
            }
        }
    }

    private async Task<Dictionary<string, long>> ResolveAsync(AlertBatch batch, Verdict?[] verdicts)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < batch.Alerts.Length; i++)
        {
            if (verdicts[i] is null && batch.Alerts[i].Report is { } report)
            {
                foreach (var point in report.Points)
                {
                    wanted.Add(TargetNames.Normalise(point.TargetName));
                }
            }
        }

        var ids = await resolver.ResolveAsync(wanted);
        if (!_definition!.CreateTargets || ids.Count == wanted.Count)
        {
            return ids;
        }

        // In order, so that the first message to name a target makes it.
        for (var i = 0; i < batch.Alerts.Length; i++)
        {
            if (verdicts[i] is not null || batch.Alerts[i].Report is not { } report)
            {
                continue;
            }

            foreach (var target in report.Targets)
            {
                var name = TargetNames.Normalise(target.Name);
                if (wanted.Contains(name) && !ids.ContainsKey(name)
                    && await resolver.FindByPositionOrCreateAsync(target, $"{batch.Handler.Partition.Topic} {batch.Handler.Handler}") is { } id)
                {
                    ids[name] = id;
                }
            }
        }

        return ids;
    }

    private static Verdict Judge(Alert alert, ImmutableArray<PointFate> fates)
    {
        var report = alert.Report;
        if (report is null)
        {
            return Verdict.Ignored("no photometry");
        }

        if (!report.Faults.IsEmpty)
        {
            return Verdict.Parked($"{report.Faults.Length} of {report.Faults.Length + report.Points.Length} rows could not be read: {report.Faults[0]}", report.Faults);
        }

        return report.Points.IsEmpty ? Verdict.Ignored("no photometry")
            : fates.IsEmpty ? Verdict.Ignored("no such target")
            : fates.All(fate => fate == PointFate.Repeat) ? Verdict.Ignored("repeat of a message read before")
            : Verdict.Handled;
    }
}
