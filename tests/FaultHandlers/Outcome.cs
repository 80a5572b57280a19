using TomOrleans.Alerts;

namespace TomOrleans.FaultHandlers;

internal static class Outcome
{
    public static HandlerOutcome Handled(AlertBatch batch) => new([.. Enumerable.Repeat(Verdict.Handled, batch.Alerts.Length)]);
}
