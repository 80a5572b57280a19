using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding.Reading;

namespace TomOrleans.Grains.Alerts.Log;

/// <summary>
/// Handler <c>log</c>: one line a message with where it stands, who sent it and what it is. The one place that logs messages at Information: who names this handler asks for that. A topic with more
/// of them than <see cref="LogPace"/> allows has the others counted; at Debug all are written. No effects but the lines, so a redelivered message may be logged twice.
/// </summary>
[GrainType("log-handler"), StatelessWorker(1)]
public sealed partial class LogHandlerGrain(LogPace pace, ILogger<LogHandlerGrain> log) : Grain, IAlertHandler
{
    public Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        var level = log.IsEnabled(LogLevel.Debug) ? LogLevel.Debug : LogLevel.Information;
        if (log.IsEnabled(level))
        {
            var topic = batch.Handler.Partition.Topic;
            Action<long> tellMore = more => LogMore(topic, more);
            foreach (var alert in batch.Alerts)
            {
                if (level == LogLevel.Debug || pace.Admit(topic, tellMore))
                {
                    LogAlert(level, alert.Location, alert.Format, alert.MessageId, OneLine.Of(alert.Sender ?? "-"), MessageTitle.Of(alert) ?? "-", alert.Value.Length);
                }
            }
        }

        return Task.FromResult(new HandlerOutcome([.. Enumerable.Repeat(Verdict.Handled, batch.Alerts.Length)]));
    }

    [LoggerMessage(Message = "{Message} {Format} {Id} from {Sender}: {Title} ({Size} bytes)")]
    private partial void LogAlert(LogLevel level, MessageLocation message, AlertFormat format, Guid? id, string sender, string title, int size);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Topic} ... and {Count} more messages in this second")]
    private partial void LogMore(TopicName topic, long count);
}
