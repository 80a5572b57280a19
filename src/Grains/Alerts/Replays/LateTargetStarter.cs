using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TomOrleans.Alerts;
using TomOrleans.Storage.Messages;
using TomOrleans.Storage.Replays;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Grains.Alerts.Replays;

/// <summary>
/// Orders replays for targets that came, or got names, after messages that may name them: one for each topic with kept messages and a handler that stores photometry, for all targets that
/// wait. Every silo looks; one orders. What is read live from then on finds the targets by itself: names that were not found are never cached, and the end of a replay is planned after the
/// names are durable.
/// </summary>
public sealed partial class LateTargetStarter(
    LateTargets late, TargetTable targets, MessageTable messages, ReplayPlanner planner, StreamCatalog catalog, TimeProvider time, ILogger<LateTargetStarter> log) : BackgroundService
{
    private const string Hermes = "hermes";
    private const int MostTargets = 1_000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>Orders what waits; answers how many replays. Safe to repeat and to race.</summary>
    public async Task<int> OrderAsync(CancellationToken cancellation)
    {
        var waiting = await late.ReadAsync(MostTargets, cancellation);
        if (waiting.Count == 0)
        {
            return 0;
        }

        var names = (await targets.GetAsync([.. waiting.Select(row => row.TargetId)], cancellation)).Select(row => row.Name);
        var wanted = new ReplayTargets(
            [.. waiting.GroupBy(row => row.TargetId).Select(rows => new ReplayTarget(rows.Key, rows.Max(row => row.RadiusDegrees)))],
            [.. names]);
        var replays = new List<NewReplay>();
        foreach (var topic in (await messages.UseAsync(cancellation)).Where(use => use.Messages > 0).Select(use => new TopicName(use.Stream, use.Topic)).Distinct())
        {
            foreach (var handler in (catalog.Find(topic)?.Handlers ?? []).Where(handler => handler.Name == Hermes))
            {
                var (_, plan) = await planner.PlanAsync(new() { Topic = topic.ToString(), Handler = handler.Id, From = new(null, SeekTo.Earliest) });
                replays.Add(new(
                    topic.Stream, topic.Topic, handler.Id, IsShadow: false, ShadowOptions.ToJson(ImmutableDictionary<string, string>.Empty), (plan with { Targets = wanted }).ToJson(), waiting[0].By, Clock.Microseconds(time)));
            }
        }

        return await late.StartAsync(waiting, replays) ? replays.Count : 0;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await OrderAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(OneLine.Of(fault.Message));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The message log cannot be looked through for new targets yet: {Fault}")]
    private partial void LogFailed(string fault);
}
