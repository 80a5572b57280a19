using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Storage.SkyEvents;

namespace TomOrleans.Grains.SkyEvents;

/// <summary>Keeps what the handlers of events have read, and finds the verdicts.</summary>
public sealed class SkyEventKeeper(SkyEventWriting events)
{
    /// <summary>Versions of one transaction: so many hold up the silo's other writes for a few milliseconds.</summary>
    private const int Piece = 25;

    /// <summary>One verdict an alert, in order. What is judged handled is durable when it returns; repeating is safe.</summary>
    public async Task<HandlerOutcome> KeepAsync(ImmutableArray<Alert> alerts, Func<Alert, SkyEventReading> read)
    {
        var readings = alerts.Select(read).ToArray();
        var fates = new Queue<SkyEventFate>();
        foreach (var piece in readings.Select(reading => reading.Version).OfType<NewSkyEventVersion>().Chunk(Piece))
        {
            foreach (var fate in await events.KeepAsync(piece))
            {
                fates.Enqueue(fate);
            }
        }

        return new([.. readings.Select(reading => reading.Verdict ?? VerdictOf(fates.Dequeue(), reading.Version!))]);
    }

    /// <summary>A message that comes again was handled when it came first; another one that says the same is none of ours.</summary>
    public static Verdict VerdictOf(SkyEventFate fate, NewSkyEventVersion version) =>
        fate == SkyEventFate.Known ? Verdict.Ignored($"known: {OneLine.Of(version.Key)} says so already") : Verdict.Handled;
}
