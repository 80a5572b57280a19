using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Grains.Alerts.Shadow;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Replays;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Grains.Alerts.Replays;

/// <summary>
/// What a replay does. A real one goes through lanes of its own, as live messages do, and so can be stopped and taken up anywhere. A shadow one changes nothing, so that it begins
/// again when it was interrupted.
/// </summary>
public sealed class ReplayWork(
    ReplayReader reader, StreamCatalog catalog, CursorTable cursors, TargetTable targets, HandlerLaneFactory lanes, IEnumerable<IShadowHandler> shadows, ILocalSiloDetails silo, TimeProvider time)
{
    private const int PartitionsAtOnce = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Why a handler cannot be replayed to in a shadow; null where it can.</summary>
    public string? ShadowRefusal(HandlerDefinition definition) => ShadowOf(definition) is null
        ? $"The handler {definition.Name} cannot tell what it would do; --shadow is for: {string.Join(", ", shadows.Select(shadow => shadow.Name).Order(StringComparer.Ordinal))}"
        : null;

    /// <summary>Returns when everything the replay covers has gone through. What fails of ours is tried again, without limit.</summary>
    public async Task RunAsync(ReplayRow row, ReplayProgress progress, CancellationToken cancellation)
    {
        var topic = new TopicName(row.Replay.Stream, row.Replay.Topic);
        var plan = ReplayPlan.Parse(row.Replay.Plan);
        var definition = catalog.Find(topic)?.Handlers.FirstOrDefault(handler => handler.Id == row.Replay.Handler)
            ?? throw new TomException(TomFault.NotFound, $"handler {row.Replay.Handler} is not configured for {topic} any more");
        if (row.Replay.IsShadow)
        {
            await ShadowAsync(topic, plan, ShadowOptions.Apply(definition, row.Replay.Request), progress, cancellation);
            return;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = PartitionsAtOnce, CancellationToken = cancellation };
        var books = definition with { Id = ReplayNames.Of(definition.Id, row.Id) };
        await Parallel.ForEachAsync(plan.Parts, options, async (part, ended) => await ReplayAsync(topic, plan, part, books, progress, ended));
    }

    private async Task ReplayAsync(TopicName topic, ReplayPlan plan, ReplayPart part, HandlerDefinition definition, ReplayProgress progress, CancellationToken cancellation)
    {
        var partition = new TopicPartitionName(topic, part.Partition);
        var claim = new CursorClaim(new(topic.Stream, topic.Topic, part.Partition, definition.Id), silo.Name, part.Start, ClusterId: null);
        var cursor = (await PersistAsync(() => cursors.ClaimAsync([claim]), progress, cancellation))[0];
        var lane = lanes.Create(partition, definition, cursor);
        var search = plan.Targets is { } wanted ? await PersistAsync(() => LateSearch.BeginAsync(wanted, targets, time), progress, cancellation) : null;
        while (lane.Cursor.Next < part.End)
        {
            var (read, next) = await PersistAsync(() => reader.ReadAsync(topic, plan, part, lane.Cursor.Next, cancellation), progress, cancellation);
            var alerts = search is null ? read : await PersistAsync(() => search.ChooseAsync(read), progress, cancellation);
            await PersistAsync(
                async () =>
                {
                    // Of a handler that hangs nothing is known; it is left alone when the replay is cancelled.
                    await lane.DeliverAsync(alerts, next).WaitAsync(cancellation);
                    return true;
                },
                progress,
                cancellation);
        }

        reader.Forget(topic, plan, part);
    }

    private async Task ShadowAsync(TopicName topic, ReplayPlan plan, HandlerDefinition definition, ReplayProgress progress, CancellationToken cancellation)
    {
        var run = (ShadowOf(definition) ?? throw new TomException(TomFault.Invalid, ShadowRefusal(definition)!)).Begin(definition);
        var sums = new ShadowSums();
        foreach (var part in plan.Parts)
        {
            for (var next = part.Start; next < part.End;)
            {
                var from = next;
                (var alerts, next) = await PersistAsync(() => reader.ReadAsync(topic, plan, part, from, cancellation), progress, cancellation);
                var seen = alerts.Where(alert => Screen(alert, definition) is null).ToImmutableArray();
                var outcomes = await PersistAsync(() => run.JudgeAsync(seen), progress, cancellation);
                var at = 0;
                foreach (var alert in alerts)
                {
                    sums.Add(alert, Screen(alert, definition) is { } verdict ? ShadowOutcome.Of(verdict) : outcomes[at++]);
                }

                progress.Report = sums.Report();
            }

            reader.Forget(topic, plan, part);
        }

        progress.Report = sums.Report();
    }

    private static Verdict? Screen(Alert alert, HandlerDefinition definition) => AlertJudge.Screen(alert, definition);

    private IShadowHandler? ShadowOf(HandlerDefinition definition) => shadows.FirstOrDefault(shadow => shadow.Name == definition.Name);

    /// <summary>Repeats what fails of ours until it goes well, saying what it waits for. A lost claim is not repeated: somebody else goes on.</summary>
    private async Task<T> PersistAsync<T>(Func<Task<T>> work, ReplayProgress progress, CancellationToken cancellation)
    {
        for (var pause = FirstPause; ; pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks)))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var result = await work();
                progress.Note = null;
                return result;
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested && FaultOfOurs.Is(fault) && fault is not TomException { Fault: TomFault.Conflict })
            {
                progress.Note = OneLine.Of(fault.Message);
                await Task.Delay(pause, time, cancellation);
            }
        }
    }
}
