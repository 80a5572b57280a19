using Orleans.Concurrency;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Heartbeat;

/// <summary>Handler <c>heartbeat</c>: takes note that the topic is alive (position and time of the last message are in the topic's status). No effects of its own.</summary>
[GrainType("heartbeat-handler"), StatelessWorker(1)]
public sealed class HeartbeatHandlerGrain : Grain, IAlertHandler
{
    public Task<HandlerOutcome> HandleAsync(AlertBatch batch) =>
        Task.FromResult(new HandlerOutcome([.. Enumerable.Repeat(Verdict.Handled, batch.Alerts.Length)]));
}
