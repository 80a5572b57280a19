using System.Text;
using Orleans.Concurrency;
using TomOrleans.Alerts;

namespace TomOrleans.FaultHandlers;

/// <summary>Handler <c>poison</c>: throws for a batch with a message that holds the text of option <c>MARKER</c>.</summary>
[GrainType("poison-handler"), StatelessWorker(1)]
public sealed class PoisonHandlerGrain(IHandlerOptions options) : Grain, IAlertHandler
{
    public Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        Journal.Write(options, batch);
        var marker = Encoding.UTF8.GetBytes(options.Of(batch.Handler)["MARKER"]);
        return batch.Alerts.Any(alert => alert.Value.Span.IndexOf(marker) >= 0)
            ? throw new InvalidOperationException("poisoned")
            : Task.FromResult(Outcome.Handled(batch));
    }
}
