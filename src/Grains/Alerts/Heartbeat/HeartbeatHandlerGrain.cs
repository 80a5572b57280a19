using Orleans.Concurrency;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Heartbeat;

/// <summary>
/// Handler <c>heartbeat</c>: takes note that the topic is alive. No effects of its own: its silence is noticed where the topic is read, by <c>Heartbeat</c> of Streams.Kafka, also when
/// this handler is not asked at all.
/// </summary>
[GrainType("heartbeat-handler"), StatelessWorker(1)]
public sealed class HeartbeatHandlerGrain : Grain, IAlertHandler
{
    public Task<HandlerOutcome> HandleAsync(AlertBatch batch) =>
        Task.FromResult(new HandlerOutcome([.. Enumerable.Repeat(Verdict.Handled, batch.Alerts.Length)]));
}
