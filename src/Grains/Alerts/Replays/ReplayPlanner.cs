using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Grains.Alerts.Messages;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Messages;

namespace TomOrleans.Grains.Alerts.Replays;

/// <summary>Finds out what a replay covers: in the log up to what was read by now, and in Kafka, where nothing is kept, up to its end.</summary>
public sealed class ReplayPlanner(StreamCatalog catalog, CursorTable cursors, MessageTable messages, IPartitionSource source)
{
    /// <summary>Throws <see cref="TomFault.NotFound"/> or <see cref="TomFault.Ambiguous"/> for a topic or handler that cannot be meant, <see cref="TomFault.Unavailable"/> while Kafka does not answer.</summary>
    public async Task<(TopicName Topic, ReplayPlan Plan)> PlanAsync(ReplayRequest request)
    {
        var rows = await cursors.ReadAllAsync();
        var topic = Find(request.Topic, rows);
        var handlers = catalog.Find(topic)?.Handlers ?? [];
        if (!handlers.Any(handler => handler.Id == request.Handler && handler.Name != MessageKeeper.Name))
        {
            throw new TomException(
                TomFault.NotFound,
                $"The topic {topic} has no handler '{OneLine.Of(request.Handler)}' to replay to; it has: {string.Join(", ", handlers.Where(handler => handler.Name != MessageKeeper.Name).Select(handler => handler.Id))}");
        }

        var here = rows.Where(row => row.Key.Stream == topic.Stream && row.Key.Topic == topic.Topic && !ReplayNames.IsReplay(row.Key.Handler)).ToList();
        var kept = (await messages.UseAsync()).Where(use => use.Stream == topic.Stream && use.Topic == topic.Topic && use.Messages > 0).ToList();
        var fromLog = kept.Count > 0 || handlers.Any(handler => handler.Name == MessageKeeper.Name);
        var parts = ImmutableArray.CreateBuilder<ReplayPart>();
        foreach (var partition in here.GroupBy(row => row.Key.Partition).OrderBy(group => group.Key))
        {
            var (start, end) = fromLog
                ? (request.From.To == SeekTo.Offset ? request.From.Value : 0, EndOfLog([.. partition], request.Handler))
                : (await OffsetAsync(request.From, new(topic, partition.Key)), await EndOfKafkaAsync(request.To, new(topic, partition.Key)));
            end = request.To is { To: SeekTo.Offset } to ? Math.Min(end, to.Value) : end;
            start = fromLog ? await FirstKeptAsync(topic, partition.Key, start, end) : start;
            parts.Add(new(partition.Key, start, Math.Max(start, end)));
        }

        return (topic, new(fromLog, parts.ToImmutable(), TimeOf(request.From) ?? long.MinValue, TimeOf(request.To) ?? long.MaxValue));
    }

    /// <summary>What the handler itself has begun to read, or has behind it, is to be kept by then: up to there the replay waits for it.</summary>
    private static long EndOfLog(IReadOnlyList<CursorRow> rows, string handler) =>
        rows.Where(row => row.Key.Handler is MessageKeeper.Name || row.Key.Handler == handler).Select(row => row.NextOffset).DefaultIfEmpty(0).Max();

    private async Task<long> FirstKeptAsync(TopicName topic, int partition, long start, long end) =>
        await messages.FirstAsync(topic.Stream, topic.Topic, partition, start) is { } first ? Math.Min(first, Math.Max(start, end)) : start;

    private static long? TimeOf(TopicSeek? seek) => seek is { To: SeekTo.Time } ? seek.Value : null;

    private Task<long> OffsetAsync(TopicSeek seek, TopicPartitionName partition) => seek.To switch
    {
        SeekTo.Time => source.OffsetAtAsync(partition, DateTimeOffset.UnixEpoch.AddMicroseconds(seek.Value), CancellationToken.None),
        SeekTo.Offset => Task.FromResult(seek.Value),
        _ => Task.FromResult(0L),
    };

    /// <summary>No message is of tomorrow: where one would stand is the end.</summary>
    private Task<long> EndOfKafkaAsync(TopicSeek? to, TopicPartitionName partition) =>
        to is { To: SeekTo.Time } ? OffsetAsync(to, partition) : source.EndAsync(partition, CancellationToken.None);

    private TopicName Find(string name, IReadOnlyList<CursorRow> rows)
    {
        var (stream, topic) = TopicChoice.Of(name);
        var found = rows.Select(row => new TopicName(row.Key.Stream, row.Key.Topic)).Distinct()
            .Where(known => known.Topic == topic && (stream is null || known.Stream == stream) && catalog.Find(known) is not null).ToList();
        return found switch
        {
            [var only] => only,
            [] => throw new TomException(TomFault.NotFound, $"Nothing was read of a topic '{OneLine.Of(name)}'; tom topics lists those that are read."),
            _ => throw new TomException(TomFault.Ambiguous, $"'{OneLine.Of(name)}' is a topic of several streams, name one of: {string.Join(", ", found)}"),
        };
    }
}
