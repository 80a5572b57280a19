using Orleans.Concurrency;
using TomOrleans.Alerts;

namespace TomOrleans.Bench.Toms;

/// <summary>Never answers.</summary>
[GrainType("hanging-handler"), StatelessWorker(1)]
public sealed class HangingHandlerGrain : Grain, IAlertHandler
{
    public const string Name = "hanging";

    public Task<HandlerOutcome> HandleAsync(AlertBatch batch) => new TaskCompletionSource<HandlerOutcome>().Task;
}
