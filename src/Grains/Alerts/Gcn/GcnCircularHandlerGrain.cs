using Orleans.Concurrency;
using TomOrleans.Alerts;
using TomOrleans.Grains.SkyEvents;

namespace TomOrleans.Grains.Alerts.Gcn;

/// <summary>
/// Handler <c>gcn-circular</c>: keeps circulars as events, each change of one as a version of it. Exactly once: a circular that comes again with equal content, as all of them do once a week,
/// changes nothing.
/// </summary>
[GrainType("gcn-circular-handler"), StatelessWorker(1)]
public sealed class GcnCircularHandlerGrain(SkyEventKeeper keeper) : Grain, IAlertHandler
{
    public Task<HandlerOutcome> HandleAsync(AlertBatch batch) => keeper.KeepAsync(batch.Alerts, SkyEventReading.OfCircular);
}
