using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Grains.Alerts.Messages;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Messages;

namespace TomOrleans.Grains.Alerts.Replays;

/// <summary>Finds out what a replay covers: in the log up to what was read by now, and where nothing is kept now in what is left of the log and in Kafka, up to its end.</summary>
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
        var keeps = handlers.Any(handler => handler.Name == MessageKeeper.Name);
        var parts = ImmutableArray.CreateBuilder<ReplayPart>();
        foreach (var partition in here.GroupBy(row => row.Key.Partition).OrderBy(group => group.Key))
        {
            var name = new TopicPartitionName(topic, partition.Key);
            parts.Add(keeps ? await OfLogAsync(request, name, [.. partition]) : await OfKafkaAsync(request, name, [.. partition]));
        }

        return (topic, new(keeps, parts.ToImmutable(), TimeOf(request.From) ?? long.MinValue, TimeOf(request.To) ?? long.MaxValue));
    }

    private async Task<ReplayPart> OfLogAsync(ReplayRequest request, TopicPartitionName partition, IReadOnlyList<CursorRow> rows)
    {
        var end = Before(request.To, EndOfLog(rows, request.Handler));
        var start = FirstAsked(request);
        if (await messages.FirstAsync(partition.Topic.Stream, partition.Topic.Topic, partition.Partition, start) is { } first)
        {
            start = Math.Min(first, Math.Max(start, end));
        }

        return new(partition.Partition, start, Math.Max(start, end));
    }

    /// <summary>Kafka may not have any more what is left of a log that is not kept on; what came after it only Kafka has.</summary>
    private async Task<ReplayPart> OfKafkaAsync(ReplayRequest request, TopicPartitionName partition, IReadOnlyList<CursorRow> rows)
    {
        var end = Before(request.To, await EndOfKafkaAsync(request.To, partition));
        var keptTo = rows.FirstOrDefault(row => row.Key.Handler == MessageKeeper.Name)?.NextOffset ?? 0;
        var left = await messages.ReadAsync(
            partition.Topic.Stream, partition.Topic.Topic, partition.Partition,
            new(FirstAsked(request), Before(request.To, keptTo), TimeOf(request.From) ?? long.MinValue, TimeOf(request.To) ?? long.MaxValue), limit: 1);
        var start = left is [var first] ? first.Message.Offset : await OffsetAsync(request.From, partition);
        return new(partition.Partition, start, Math.Max(start, end)) { LogEnd = left.Count > 0 ? keptTo : 0 };
    }

    private static long FirstAsked(ReplayRequest request) => request.From.To == SeekTo.Offset ? request.From.Value : 0;

    private static long Before(TopicSeek? to, long end) => to is { To: SeekTo.Offset } ? Math.Min(end, to.Value) : end;

    /// <summary>What the handler itself has begun to read, or has behind it, is to be kept by then: up to there the replay waits for it.</summary>
    private static long EndOfLog(IReadOnlyList<CursorRow> rows, string handler) =>
        rows.Where(row => row.Key.Handler is MessageKeeper.Name || row.Key.Handler == handler).Select(row => row.NextOffset).DefaultIfEmpty(0).Max();

    private static long? TimeOf(TopicSeek? seek) => seek is { To: SeekTo.Time } ? seek.Value : null;

    private Task<long> OffsetAsync(TopicSeek seek, TopicPartitionName partition) => seek.To switch
    {
        SeekTo.Time => source.OffsetAtAsync(partition, DateTimeOffset.UnixEpoch.AddMicroseconds(seek.Value), CancellationToken.None),
        SeekTo.Offset => Task.FromResult(seek.Value),
        _ => Task.FromResult(0L),
    };

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
