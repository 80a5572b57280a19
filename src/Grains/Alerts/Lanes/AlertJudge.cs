using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>Finds the verdict of one handler on alerts, live ones and parked ones alike: screens out what it need not see, and tells its faults from ours.</summary>
public sealed partial class AlertJudge(HandlerKey key, HandlerDefinition definition, IAlertHandler handler, ILogger<AlertJudge> log, long claim = 0) : ILaneJudge
{
    /// <summary>Tries of an alert on its own before it is parked; a batch of one was such a try.</summary>
    private const int QuickTries = 2;

    /// <summary>
    /// One verdict an alert, in their order. An exception is a fault of ours, after which nothing is known: then all of them are to be tried again.
    /// </summary>
    public async Task<ImmutableArray<Verdict>> JudgeAsync(ImmutableArray<Alert> due)
    {
        if (due.All(alert => Screen(alert, definition) is null))
        {
            return due.IsEmpty ? [] : await AskHandlerAsync(due);
        }

        var verdicts = new Verdict[due.Length];
        var forHandler = ImmutableArray.CreateBuilder<Alert>(due.Length);
        var positions = new List<int>(due.Length);
        for (var i = 0; i < due.Length; i++)
        {
            if (Screen(due[i], definition) is { } verdict)
            {
                verdicts[i] = verdict;
            }
            else
            {
                forHandler.Add(due[i]);
                positions.Add(i);
            }
        }

        if (positions.Count > 0)
        {
            var judged = await AskHandlerAsync(forHandler.DrainToImmutable());
            for (var i = 0; i < positions.Count; i++)
            {
                verdicts[positions[i]] = judged[i];
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(verdicts);
    }

    /// <summary>What the handler need not see.</summary>
    public static Verdict? Screen(Alert alert, HandlerDefinition definition) =>
        alert.IsTest && definition.IgnoreTest ? Verdict.Ignored("test message")
        : alert.Fault is { } fault ? Verdict.Parked(fault)
        : null;

    private async Task<ImmutableArray<Verdict>> AskHandlerAsync(ImmutableArray<Alert> alerts)
    {
        try
        {
            return await AskAsync(alerts);
        }
        catch (Exception exception) when (!FaultOfOurs.Is(exception))
        {
            // One alert of the batch makes the handler throw: each on its own finds it.
            LogHandlerThrew(key, alerts.Length, exception.Message);
        }

        var verdicts = ImmutableArray.CreateBuilder<Verdict>(alerts.Length);
        foreach (var alert in alerts)
        {
            verdicts.Add(await AskSinglyAsync(alert, triedBefore: alerts.Length == 1 ? 1 : 0));
        }

        return verdicts.MoveToImmutable();
    }

    private async Task<Verdict> AskSinglyAsync(Alert alert, int triedBefore)
    {
        for (var attempt = triedBefore + 1; ; attempt++)
        {
            try
            {
                return (await AskAsync([alert]))[0];
            }
            catch (Exception exception) when (!FaultOfOurs.Is(exception))
            {
                if (attempt == QuickTries)
                {
                    return Verdict.Parked($"handler {definition.Name} failed: {OneLine.Of(exception.Message)}") with { MayPass = true };
                }
            }
        }
    }

    private async Task<ImmutableArray<Verdict>> AskAsync(ImmutableArray<Alert> alerts)
    {
        var outcome = await handler.HandleAsync(new AlertBatch(key, alerts) { Claim = claim });
        return outcome.Verdicts.Length == alerts.Length
            ? outcome.Verdicts
            : throw new InvalidOperationException($"it judged {outcome.Verdicts.Length} of {alerts.Length} alerts");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Handler} threw on a batch of {Count} ({Error}); trying them one by one")]
    private partial void LogHandlerThrew(HandlerKey handler, int count, string error);
}
