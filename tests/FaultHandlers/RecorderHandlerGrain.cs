using Orleans.Concurrency;
using TomOrleans.Alerts;

namespace TomOrleans.FaultHandlers;

/// <summary>Handler <c>recorder</c>: writes its journal, nothing else.</summary>
[GrainType("recorder-handler"), StatelessWorker(1)]
public sealed class RecorderHandlerGrain(IHandlerOptions options) : Grain, IAlertHandler
{
    public Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        Journal.Write(options, batch);
        return Task.FromResult(Outcome.Handled(batch));
    }
}
