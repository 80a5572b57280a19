using Orleans.Concurrency;
using TomOrleans.Alerts;

namespace TomOrleans.FaultHandlers;

/// <summary>Handler <c>hang</c>: does not answer until the file of option <c>UNTIL</c> exists, and heeds nobody meanwhile.</summary>
[GrainType("hang-handler"), StatelessWorker(1)]
public sealed class HangHandlerGrain(IHandlerOptions options) : Grain, IAlertHandler
{
    public async Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        Journal.Write(options, batch);
        while (!File.Exists(options.Of(batch.Handler)["UNTIL"]))
        {
            await Task.Delay(20);
        }

        return Outcome.Handled(batch);
    }
}
