using System.Runtime.InteropServices;
using Orleans.Concurrency;
using TomOrleans.Alerts;
using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Sharing.Retractions;
using TomOrleans.Grains.Targets;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>
/// Handler <c>hermes</c>: stores the photometry of messages with the targets they name. Exactly once: its effects are points, and a point is stored once.
/// A message with rows that could not be read is parked, and its good rows are stored all the same. What a withdrawn message brings is stored as withdrawn.
/// </summary>
[GrainType("hermes-handler"), StatelessWorker(1)]
public sealed class HermesHandlerGrain(StreamCatalog catalog, TargetResolver resolver, TargetCalls targets, OwnSubmissions own, WithdrawnMessages withdrawn) : Grain, IAlertHandler
{
    private HandlerDefinition? _definition;

    public async Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        _definition ??= catalog.Find(batch.Handler) ?? throw new InvalidOperationException($"{batch.Handler} is not configured");
        batch = HermesWithdrawn.Mark(batch, await withdrawn.ReadAsync());
        var verdicts = new Verdict?[batch.Alerts.Length];
        await MarkOwnAsync(batch, verdicts);
        var points = await RecordAsync(batch, verdicts);
        var spectra = new HermesSpectra(batch, verdicts);
        await RecordAsync(batch, verdicts, spectra);
        for (var i = 0; i < verdicts.Length; i++)
        {
            verdicts[i] ??= HermesVerdicts.Of(batch.Alerts[i].Report, points.HasTarget(i) || spectra.HasTarget(i), points.IsRepeat(i) && !spectra.HasTarget(i));
        }

        return new(ImmutableCollectionsMarshal.AsImmutableArray<Verdict>(verdicts!));
    }

    /// <summary>Stores the points with their targets. A target that was merged or removed since its name was looked up is looked up once more.</summary>
    private async Task<PhotometryBatch> RecordAsync(AlertBatch batch, Verdict?[] verdicts)
    {
        for (var isRepeat = false; ; isRepeat = true)
        {
            var points = new PhotometryBatch(batch.Alerts, verdicts);
            await ResolveAsync(batch, verdicts, points);
            try
            {
                await targets.RecordAsync(points);
                return points;
            }
            catch (TomException gone) when (gone.Fault == TomFault.Gone && !isRepeat)
            {
                resolver.Forget();
            }
        }
    }

    /// <summary>The same for spectra, which come rarely.</summary>
    private async Task RecordAsync(AlertBatch batch, Verdict?[] verdicts, HermesSpectra spectra)
    {
        for (var isRepeat = false; spectra.Any; isRepeat = true)
        {
            try
            {
                await spectra.RecordAsync(await FindAsync(batch, verdicts, spectra.Names.ToHashSet(StringComparer.Ordinal)), GrainFactory);
                return;
            }
            catch (TomException gone) when (gone.Fault is TomFault.Gone or TomFault.NotFound && !isRepeat)
            {
                resolver.Forget();
            }
        }
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
            if (batch.Alerts[i] is { Report.SubmissionKey: { } key } alert && await own.RecogniseAsync(key, alert.MessageId, alert.Sender, alert.Location))
            {
                verdicts[i] = HermesVerdicts.Own;
            }
        }
    }

    private async ValueTask ResolveAsync(AlertBatch batch, Verdict?[] verdicts, PhotometryBatch points)
    {
        if (points.Assign(resolver.FindCached))
        {
            return;
        }

        var ids = await FindAsync(batch, verdicts, points.UnknownNames().Select(TargetNames.Normalise).ToHashSet(StringComparer.Ordinal));
        points.Assign(name => ids.TryGetValue(TargetNames.Normalise(name), out var id) ? id : null);
    }

    /// <summary>The ids of the names that are known, or were made.</summary>
    private async Task<Dictionary<string, long>> FindAsync(AlertBatch batch, Verdict?[] verdicts, HashSet<string> wanted)
    {
        var ids = await resolver.ResolveAsync(wanted);
        if (_definition!.CreateTargets && ids.Count < wanted.Count)
        {
            await CreateAsync(batch, verdicts, wanted, ids);
        }

        return ids;
    }

    private async Task CreateAsync(AlertBatch batch, Verdict?[] verdicts, HashSet<string> wanted, Dictionary<string, long> ids)
    {
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
    }
}
