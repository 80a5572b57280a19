using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using TomOrleans.Alerts;
using TomOrleans.Targets;

namespace TomOrleans.Samples.BrightAlerts;

/// <summary>
/// Handler <c>bright</c>: tells the log of every detection brighter than <c>BRIGHTER_THAN</c> [mag, default 18] and ignores the rest. A batch that is tried again is told
/// again: the log is no effect of TomOrleans' own.
/// </summary>
[GrainType("bright-handler"), StatelessWorker(1)]
public sealed partial class BrightHandlerGrain(IHandlerOptions options, ILogger<BrightHandlerGrain> log) : Grain, IAlertHandler
{
    public Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        var limit = options.Of(batch.Handler).TryGetValue("BRIGHTER_THAN", out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : 18;
        return Task.FromResult(new HandlerOutcome([.. batch.Alerts.Select(alert => Judge(alert, limit))]));
    }

    private Verdict Judge(Alert alert, double limit)
    {
        var isBright = false;
        foreach (var (target, point) in alert.Report?.Points ?? [])
        {
            if (point.BrightnessUnit <= BrightnessUnit.VegaMagnitude && point.Brightness < limit)
            {
                LogBright(target, point.Brightness.Value, alert.Location);
                isBright = true;
            }
        }

        return isBright ? Verdict.Handled : Verdict.Ignored($"nothing brighter than {limit.ToString(CultureInfo.InvariantCulture)}");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Target} is at {Magnitude} mag: {Message}")]
    private partial void LogBright(string target, double magnitude, MessageLocation message);
}
