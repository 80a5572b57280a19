using System.Collections.Concurrent;
using Orleans.Concurrency;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>What the moody handler is to do with each alert, and what it was asked; one for the silo.</summary>
internal sealed class HandlerMood
{
    private readonly ConcurrentQueue<long> _asked = new();

    public Func<Alert, Task<Verdict>> Judge { get; set; } = _ => throw new InvalidOperationException("not today");

    /// <summary>Offsets in the order of asking.</summary>
    public ConcurrentQueue<long> Asked => _asked;

    public void Expect(Func<Alert, Task<Verdict>> judge)
    {
        _asked.Clear();
        Judge = judge;
    }
}

/// <summary>Handler <c>moody</c>: fails until it is told otherwise.</summary>
[GrainType("moody-handler"), StatelessWorker(1)]
internal sealed class MoodyHandlerGrain(HandlerMood mood) : Grain, IAlertHandler
{
    public async Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        var verdicts = new List<Verdict>();
        foreach (var alert in batch.Alerts)
        {
            mood.Asked.Enqueue(alert.Location.Offset);
            verdicts.Add(await mood.Judge(alert));
        }

        return new([.. verdicts]);
    }
}
