using Orleans.Concurrency;
using TomOrleans.Alerts;

namespace TomOrleans.FaultHandlers;

/// <summary>Handler <c>hang</c>: does not answer until the file of option <c>UNTIL</c> exists, and heeds nobody meanwhile; with <c>BLOCK</c> true it keeps its thread.</summary>
[GrainType("hang-handler"), StatelessWorker(1)]
public sealed class HangHandlerGrain(IHandlerOptions options) : Grain, IAlertHandler
{
    public async Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        Journal.Write(options, batch);
        while (!File.Exists(options.Of(batch.Handler)["UNTIL"]))
        {
            if (options.Of(batch.Handler).TryGetValue("BLOCK", out var block) && block == "true")
            {
                Thread.Sleep(20);
            }
            else
            {
                await Task.Delay(20);
            }
        }

        return Outcome.Handled(batch);
    }
}
