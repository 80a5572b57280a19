using System.Collections.Immutable;
using System.Globalization;
using TomOrleans.Alerts;

namespace TomOrleans.Client.Output;

/// <summary>Topics as tables and as JSON.</summary>
internal static class TopicOutput
{
    public static object Document(TopicStatus topic) => Document(topic, []);

    /// <param name="topic">One topic.</param>
    /// <param name="lost">What its handlers never saw.</param>
    public static object Document(TopicStatus topic, ImmutableArray<LostRange> lost) => new
    {
        topic.Name.Topic,
        topic.Name.Stream,
        topic.Consumed,
        Partitions = topic.Partitions.Select(partition => new
        {
            partition.Partition,
            partition.Position,
            partition.Lag,
            partition.Silo,
            LastMessage = TimeText.Exact(partition.LastMessageMicroseconds),
            partition.Waiting,
        }),
        Handlers = topic.Handlers.Select(handler => new
        {
            handler.Handler,
            handler.State,
            handler.Books.Consumed,
            handler.Books.Handled,
            handler.Books.Ignored,
            handler.Books.Parked,
            handler.Books.Dropped,
            handler.Books.Lost,
            handler.Books.InFlight,
            handler.Books.Behind,
            handler.Latency,
        }),
        LastMessage = TimeText.Exact(topic.LastMessageMicroseconds),
        UsualGapSeconds = topic.UsualGapMicroseconds / 1e6,
        topic.Heartbeat,
        LostRanges = lost.Select(range => new { range.Handler, range.Partition, range.First, range.Last, Noted = TimeText.Exact(range.NotedMicroseconds) }),
    };

    /// <summary>One line a topic.</summary>
    public static void ShowList(Report report, IReadOnlyCollection<TopicStatus> topics, DateTimeOffset now)
    {
        if (topics.Count == 0)
        {
            report.Line("No topics yet: no stream sees one that its TOPIC_HANDLERS ask for. See: tom status");
            return;
        }

        var table = new TextTable("Stream", "Topic", "#Partitions", "#Consumed", "#Lag", "=Last message", "=Usually every", "Heartbeat", "Handlers", "Waiting for");
        foreach (var topic in topics)
        {
            table.Row(
                topic.Name.Stream,
                topic.Name.Topic,
                topic.Partitions.Length,
                topic.Consumed,
                Lag(topic),
                TimeText.Age(topic.LastMessageMicroseconds, now),
                UsualGap(topic),
                Heartbeat(topic),
                string.Join(", ", topic.Handlers.Select(handler => handler.State == "live" ? handler.Handler : $"{handler.Handler} ({handler.State})")),
                string.Join("; ", topic.Partitions.Select(partition => partition.Waiting).OfType<string>().Distinct()));
        }

        table.Show(report);
    }

    /// <summary>Partitions and books of one topic.</summary>
    public static void Show(Report report, TopicStatus topic, ImmutableArray<LostRange> lost, DateTimeOffset now)
    {
        var last = topic.LastMessageMicroseconds is null ? "" : $", the last {TimeText.Age(topic.LastMessageMicroseconds, now)}";
        var usual = topic.UsualGapMicroseconds is null ? "" : $", usually one every {UsualGap(topic)}";
        report.Line(SafeText.Line($"{topic.Name}: {Counted.Of(topic.Consumed, "message")} read{last}{usual}, lag {Lag(topic):N0}"));
        if (topic.Heartbeat is { } heartbeat)
        {
            report.Line(SafeText.Line($"Heartbeat: {heartbeat}"));
        }

        var partitions = new TextTable("#Partition", "#Position", "#Lag", "=Last message", "=Age", "Silo", "Waiting for");
        foreach (var partition in topic.Partitions)
        {
            partitions.Row(
                partition.Partition,
                partition.Position,
                partition.Lag,
                TimeText.Short(partition.LastMessageMicroseconds),
                TimeText.Age(partition.LastMessageMicroseconds, now),
                partition.Silo ?? "none just now",
                Cell.State(partition.Waiting ?? "", ""));
        }

        partitions.Show(report);
        ShowBooks(report, [topic]);
        ShowLost(report, lost);
    }

    /// <summary>What its handlers never saw.</summary>
    private static void ShowLost(Report report, ImmutableArray<LostRange> lost)
    {
        if (lost.IsEmpty)
        {
            return;
        }

        report.Line("Never seen here: the broker had thrown these messages away, or the topic was deleted and made again.");
        var table = new TextTable("Handler", "#Partition", "Offsets", "Noted");
        foreach (var range in lost)
        {
            var offsets = string.Create(CultureInfo.InvariantCulture, $"{range.First:N0} {(range.Last is { } last ? $"to {last:N0}" : "and on, of the topic before")}");
            table.Row(range.Handler, range.Partition, Cell.State(offsets), TimeText.Short(range.NotedMicroseconds));
        }

        table.Show(report);
    }

    /// <summary>The books, one line a topic and handler. Consumed is the sum of the next five columns; the last is the latency of about the last minute.</summary>
    public static void ShowBooks(Report report, IEnumerable<TopicStatus> topics)
    {
        var books = new TextTable(
            "Topic", "Handler", "State", "#Consumed", "#Handled", "#Ignored", "#Parked", "#Dropped", "#In flight", "#Behind", "#Lost", "=p50 / p99");
        foreach (var topic in topics)
        {
            foreach (var handler in topic.Handlers)
            {
                var count = handler.Books;
                books.Row(
                    topic.Name.ToString(),
                    handler.Handler,
                    Cell.State(handler.State, "live", "behind", "stopped"),
                    count.Consumed,
                    count.Handled,
                    count.Ignored,
                    count.Parked,
                    count.Dropped,
                    count.InFlight,
                    count.Behind,
                    Cell.Bad(count.Lost),
                    handler.Latency is { } latency ? $"{TimeText.Span(latency.P50)} / {TimeText.Span(latency.P99)}" : "");
            }
        }

        books.Show(report);
    }

    private static string UsualGap(TopicStatus topic) => topic.UsualGapMicroseconds is { } gap ? TimeText.Span(gap / 1_000.0) : "";

    private static Cell Heartbeat(TopicStatus topic) => topic.Heartbeat is { } state ? Cell.State(state, "beating") : "";

    /// <summary>End minus slowest cursor, over all partitions [messages].</summary>
    public static long Lag(TopicStatus topic) => topic.Partitions.Sum(partition => partition.Lag);
}
