using Orleans.Concurrency;
using TomOrleans.Alerts;
using TomOrleans.Grains.SkyEvents;

namespace TomOrleans.Grains.Alerts.Gcn;

/// <summary>
/// Handler <c>gcn-notice</c>: keeps notices as versions of their events, updates and retractions too. Exactly once: a notice that comes again changes nothing. Tests, and notices of no event,
/// are ignored unless IGNORE_TEST is off.
/// </summary>
[GrainType("gcn-notice-handler"), StatelessWorker(1)]
public sealed class GcnNoticeHandlerGrain(StreamCatalog catalog, SkyEventKeeper keeper) : Grain, IAlertHandler
{
    private HandlerDefinition? _definition;

    public Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        _definition ??= catalog.Find(batch.Handler) ?? throw new InvalidOperationException($"{batch.Handler} is not configured");
        return keeper.KeepAsync(batch.Alerts, alert => SkyEventReading.OfNotice(alert, _definition));
    }
}
