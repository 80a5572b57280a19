using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding.Reading;

namespace TomOrleans.Grains.Alerts.Log;

/// <summary>
/// Handler <c>log</c>: one line a message at Debug level with where it stands, who sent it and what it is. No effects but that line, so a redelivered message may
/// be logged twice.
/// </summary>
[GrainType("log-handler"), StatelessWorker(1)]
public sealed partial class LogHandlerGrain(ILogger<LogHandlerGrain> log) : Grain, IAlertHandler
{
    public Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        if (log.IsEnabled(LogLevel.Debug))
        {
            foreach (var alert in batch.Alerts)
            {
                LogAlert(alert.Location, alert.Format, alert.MessageId, OneLine.Of(alert.Sender ?? "-"), MessageTitle.Of(alert) ?? "-", alert.Value.Length);
            }
        }

        return Task.FromResult(new HandlerOutcome([.. Enumerable.Repeat(Verdict.Handled, batch.Alerts.Length)]));
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Message} {Format} {Id} from {Sender}: {Title} ({Size} bytes)")]
    private partial void LogAlert(MessageLocation message, AlertFormat format, Guid? id, string sender, string title, int size);
}
