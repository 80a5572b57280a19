using System.Globalization;
using Orleans.Concurrency;
using TomOrleans.Alerts;

namespace TomOrleans.FaultHandlers;

/// <summary>Handler <c>flaky</c>: throws for <c>PERCENT</c> of its calls, by chance with <c>SEED</c>.</summary>
[GrainType("flaky-handler"), StatelessWorker(1)]
public sealed class FlakyHandlerGrain(IHandlerOptions options) : Grain, IAlertHandler
{
    private Random? _chance;

    public Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        Journal.Write(options, batch);
        var own = options.Of(batch.Handler);
        _chance ??= new(int.Parse(own["SEED"], CultureInfo.InvariantCulture) + batch.Handler.Partition.Partition);
        return _chance.NextDouble() * 100 < double.Parse(own["PERCENT"], CultureInfo.InvariantCulture)
            ? throw new InvalidOperationException("flaky by chance")
            : Task.FromResult(Outcome.Handled(batch));
    }
}
