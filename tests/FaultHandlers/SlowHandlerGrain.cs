using System.Globalization;
using Orleans.Concurrency;
using TomOrleans.Alerts;

namespace TomOrleans.FaultHandlers;

/// <summary>Handler <c>slow</c>: takes <c>MILLISECONDS</c> for each alert of a batch.</summary>
[GrainType("slow-handler"), StatelessWorker(1)]
public sealed class SlowHandlerGrain(IHandlerOptions options) : Grain, IAlertHandler
{
    public async Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        Journal.Write(options, batch);
        var each = double.Parse(options.Of(batch.Handler)["MILLISECONDS"], CultureInfo.InvariantCulture);
        await Task.Delay(TimeSpan.FromMilliseconds(each * batch.Alerts.Length));
        return Outcome.Handled(batch);
    }
}
