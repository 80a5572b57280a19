using System.Text.Json;
using Microsoft.Extensions.Logging;
using TomOrleans.Sharing;
using TomOrleans.Storage.Sharing;
using TomOrleans.Storage.Sharing.Continuous;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Continuous;

/// <summary>
/// Makes shares of what waits for continuous ones. A share is made when its first point has waited long enough for others to come along, and the order's share before it has ended: to a
/// destination that is slow or away fewer and larger shares go, and what waits costs it nothing.
/// </summary>
public sealed partial class ContinuousGatherer(
    ContinuousTable table, ShareReader reader, DestinationCatalog catalog, IGrainFactory grains, TimeProvider time, ILogger<ContinuousGatherer> log)
{
    /// <summary>Most points and spectra of one share; the rest go with the next.</summary>
    public const int MostPoints = 5_000;

    /// <summary>Makes the shares that are due. Safe to call in several silos at once. Throws when the database does not answer.</summary>
    /// <returns>When to look again; null when nothing waits.</returns>
    public async Task<TimeSpan?> GatherAsync()
    {
        TimeSpan? next = null;
        foreach (var waiting in await table.WaitingAsync())
        {
            var delay = catalog.Find(waiting.Destination)?.Options.ContinuousDelay;
            var due = delay is { } wait ? TimeSpan.FromMicroseconds(waiting.SinceMicroseconds - Clock.Microseconds(time)) + wait : TimeSpan.Zero;
            if (waiting.HasOpenShare)
            {
                due = delay ?? TimeSpan.MaxValue;
            }
            else if (due <= TimeSpan.Zero)
            {
                due = await TryAsync(waiting) ? delay ?? TimeSpan.MaxValue : TimeSpan.MaxValue;
            }

            next = next < due ? next : due;
        }

        return next;
    }

    /// <summary>True where the order may have more.</summary>
    private async Task<bool> TryAsync(ContinuousWaiting waiting)
    {
        try
        {
            return await GatherAsync(waiting);
        }
        catch (Exception fault)
        {
            // This order's matter, as far as one can tell here: the others go on.
            LogNotGathered(fault, waiting.ContinuousId, waiting.Destination);
            return true;
        }
    }

    private async Task<bool> GatherAsync(ContinuousWaiting waiting)
    {
        var items = await table.ItemsAsync(waiting, MostPoints);
        if (catalog.Find(waiting.Destination) is not { } destination)
        {
            if (waiting.Destination.Length > 0)
            {
                // Taken out of the configuration, perhaps by mistake: what waits, waits.
                LogUnknown(waiting.ContinuousId, waiting.Destination, items.Count);
                return false;
            }

            await table.GatherAsync(new(waiting, [], items, null));
            return false;
        }

        if (await FindAsync(waiting.TargetId) is not { } target)
        {
            await table.GatherAsync(new(waiting, [], items, null));
            return false;
        }

        var shown = await ShownAsync(waiting.TargetId, items);
        var passedOn = await table.PassedOnAsync(waiting.Destination, waiting.Topic, waiting.TargetId, [.. items.Select(item => item.Point)]);
        var (taken, leftOut) = ContinuousSelection.Choose(items, shown, passedOn, destination.Options, waiting.Topic);
        taken.Sort((one, other) => shown[one.Point].TimeMicroseconds.CompareTo(shown[other.Point].TimeMicroseconds));
        var request = ShareDefaults.Resolve(new() { Target = target.Name, Topic = waiting.Topic }, target.Name, destination.Options, catalog.TomName);
        LeaveOutWhatCannotBeSent(destination, Content(request, target, taken.Select(item => shown[item.Point])), taken, leftOut);
        var share = await table.GatherAsync(new(waiting, taken, leftOut, new NewShare(
            waiting.Destination,
            waiting.Topic,
            target.Id,
            target.Name,
            request.Title!,
            JsonSerializer.Serialize(request),
            $"{waiting.CreatedBy} (continuous {waiting.ContinuousId})",
            Clock.Microseconds(time),
            [])
        {
            Spectra = [.. taken.Select(item => item.Point).Where(key => shown[key].Spectrum is not null)],
        }));
        if (share is { } id)
        {
            LogGathered(waiting.ContinuousId, taken.Count, target.Name, waiting.Destination, id);
            await grains.Sharing(waiting.Destination).WakeAsync();
        }

        return items.Count == MostPoints;
    }

    /// <summary>What the target shows now of the measurements that wait. Spectra are asked for only where one may be among them.</summary>
    private async Task<IReadOnlyDictionary<PointKey, ShownValue>> ShownAsync(long target, IReadOnlyList<ContinuousItem> items)
    {
        var identities = items.Select(item => item.Point.Identity).ToHashSet();
        var shown = (await reader.ShownPointsAsync(target, identities)).Select(point => new ShownValue(point, null)).ToDictionary(value => value.Key);
        identities.ExceptWith(shown.Keys.Select(key => key.Identity));
        foreach (var spectrum in identities.Count == 0 ? [] : await reader.ShownSpectraAsync(target, identities))
        {
            shown.Add(spectrum.Key, new(null, spectrum));
        }

        return shown;
    }

    private static ShareContent Content(ShareRequest request, Target target, IEnumerable<ShownValue> values) =>
        ShareDefaults.Content(request, [target], [.. values.Select(value => value.Point).OfType<SharedPoint>()]) with
        {
            Spectra = [.. values.Select(value => value.Spectrum).OfType<SharedSpectrum>()],
            IsContinuous = true,
        };

    /// <summary>Of a share that is refused as a whole everything stays in: it is to be seen among the rejected ones.</summary>
    private static void LeaveOutWhatCannotBeSent(IPhotometryDestination destination, ShareContent content, List<ContinuousItem> taken, List<ContinuousItem> leftOut)
    {
        var plan = destination.Build(content, () => Guid.Empty);
        if (plan.Refusal is null && !plan.LeftOut.IsEmpty)
        {
            var cannot = plan.LeftOut.Select(value => value.Key).ToHashSet();
            leftOut.AddRange(taken.Where(item => cannot.Contains(item.Point)));
            taken.RemoveAll(item => cannot.Contains(item.Point));
        }
    }

    private async Task<Target?> FindAsync(long id)
    {
        try
        {
            return await grains.Target(id).GetAsync();
        }
        catch (TomException gone) when (gone.Fault is TomFault.NotFound or TomFault.Gone)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Continuous share {Order}: {Values} values of {Target} to {Destination} are queued as share {Share}")]
    private partial void LogGathered(long order, int values, string target, string destination, long share);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Values} values wait for continuous share {Order} to {Destination}, which DATA_SHARING no longer has")]
    private partial void LogUnknown(long order, string destination, int values);

    [LoggerMessage(Level = LogLevel.Error, Message = "What waits for continuous share {Order} to {Destination} could not be queued; it is tried again")]
    private partial void LogNotGathered(Exception fault, long order, string destination);
}
