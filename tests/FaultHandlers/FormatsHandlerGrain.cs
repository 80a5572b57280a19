using System.Globalization;
using System.Text;
using Orleans.Concurrency;
using TomOrleans.Alerts;

namespace TomOrleans.FaultHandlers;

/// <summary>Handler <c>formats</c>: appends a line <c>partition offset format</c> an alert to the file of option <c>JOURNAL</c>.</summary>
[GrainType("formats-handler"), StatelessWorker(1)]
public sealed class FormatsHandlerGrain(IHandlerOptions options) : Grain, IAlertHandler
{
    private static readonly Lock Gate = new();

    public Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        var lines = new StringBuilder();
        foreach (var alert in batch.Alerts)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{alert.Location.Partition} {alert.Location.Offset} {alert.Format}\n");
        }

        lock (Gate)
        {
            File.AppendAllText(options.Of(batch.Handler)["JOURNAL"], lines.ToString());
        }

        return Task.FromResult(Outcome.Handled(batch));
    }
}
