using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts;
using TomOrleans.Storage.Cursors;

namespace TomOrleans.Grains.Tests.Alerts;

public sealed class TopicBooksTests
{
    private static readonly TopicName Name = new("survey", "alerts");
    private static readonly HandlerDefinition Hermes = new() { Id = "hermes", Name = "hermes" };

    [Fact]
    public void Consumed_is_the_fates_and_what_is_in_flight()
    {
        var status = TopicBooks.Of(Name, [Hermes], [Row(0, next: 10, handled: 7, ignored: 2, parked: 1)], Reports(Report(0, position: 14, high: 20, inFlight: 4)), []);

        var books = Assert.Single(status.Handlers).Books;
        Assert.Equal((14L, 4L, 6L), (books.Consumed, books.InFlight, books.Behind));
        Assert.Equal(books.Consumed, books.Handled + books.Ignored + books.Parked + books.Dropped + books.InFlight);
    }

    [Fact]
    public void A_report_older_than_the_cursor_counts_nothing_twice()
    {
        var status = TopicBooks.Of(Name, [Hermes], [Row(0, next: 20, handled: 20)], Reports(Report(0, position: 15, high: 20, inFlight: 5)), []);

        var books = Assert.Single(status.Handlers).Books;
        Assert.Equal((20L, 0L, 0L), (books.Consumed, books.InFlight, books.Behind));
    }

    [Fact]
    public void A_partition_that_no_silo_reads_says_so()
    {
        var status = TopicBooks.Of(Name, [Hermes], [Row(3, next: 20, handled: 20)], Reports(), []);

        var partition = Assert.Single(status.Partitions);
        Assert.Equal((3, 20L), (partition.Partition, partition.Position));
        Assert.NotNull(partition.Waiting);
    }

    [Fact]
    public void Lag_is_measured_from_the_slowest_cursor()
    {
        var rows = new[] { Row(0, next: 10), Row(0, next: 4) with { Key = new("survey", "alerts", 0, "log") } };

        var status = TopicBooks.Of(Name, [Hermes, Hermes with { Id = "log" }], rows, Reports(Report(0, position: 10, high: 12, inFlight: 0)), []);

        Assert.Equal(8, Assert.Single(status.Partitions).Lag);
    }

    [Fact]
    public void Transaction_markers_behind_the_last_message_are_no_lag()
    {
        var status = TopicBooks.Of(Name, [Hermes], [Row(0, next: 10, handled: 10)], Reports(Report(0, position: 12, high: 12, inFlight: 0)), []);

        Assert.Equal(0, Assert.Single(status.Partitions).Lag);
        Assert.Equal(0, Assert.Single(status.Handlers).Books.Behind);
    }

    [Fact]
    public void A_handler_that_is_no_longer_configured_does_not_lag()
    {
        var rows = new[] { Row(0, next: 10), Row(0, next: 4) with { Key = new("survey", "alerts", 0, "log") } };

        var status = TopicBooks.Of(Name, [Hermes], rows, Reports(Report(0, position: 10, high: 12, inFlight: 0)), []);

        Assert.Equal(2, Assert.Single(status.Partitions).Lag);
    }

    [Fact]
    public void A_handler_that_catches_up_is_behind_by_what_it_has_not_read_itself()
    {
        var report = Report(0, position: 50, high: 60, inFlight: 5) with { Lanes = [new("hermes", "behind", 10, InHand: 4)] };

        var handler = Assert.Single(TopicBooks.Of(Name, [Hermes], [Row(0, next: 10, handled: 10)], Reports(report), []).Handlers);

        Assert.Equal(("behind", 14L, 4L, 46L), (handler.State, handler.Books.Consumed, handler.Books.InFlight, handler.Books.Behind));
    }

    [Fact]
    public void The_worst_state_of_its_partitions_is_the_handlers()
    {
        var rows = new[] { Row(0, next: 10), Row(1, next: 10), Row(2, next: 10) };
        PartitionReport In(int partition, string state) => Report(partition, 10, 10, 0) with { Lanes = [new("hermes", state, 10, 0)] };

        var status = TopicBooks.Of(Name, [Hermes], rows, Reports(In(0, "live"), In(1, "failing: no answer"), In(2, "behind")), []);

        Assert.Equal("failing: no answer", Assert.Single(status.Handlers).State);
    }

    [Fact]
    public void A_handler_that_is_no_longer_configured_keeps_its_books_and_is_stopped()
    {
        var status = TopicBooks.Of(Name, [], [Row(0, next: 10, handled: 10)], Reports(), []);

        var handler = Assert.Single(status.Handlers);
        Assert.StartsWith("stopped", handler.State, StringComparison.Ordinal);
        Assert.Equal(10, handler.Books.Handled);
    }

    [Fact]
    public void Gaps_of_partitions_side_by_side_make_the_topics_usual_gap()
    {
        PartitionReport Every(int partition, long seconds) => Report(partition, 10, 10, 0) with { UsualGapMicroseconds = seconds * 1_000_000, LastMessageMicroseconds = seconds };

        var status = TopicBooks.Of(Name, [Hermes], [], Reports(Every(0, 10), Every(1, 10), Every(2, 5), Report(3, 0, 0, 0)), []);

        Assert.Equal((2_500_000L, 10L), (status.UsualGapMicroseconds, status.LastMessageMicroseconds));
        Assert.Null(TopicBooks.Of(Name, [Hermes], [], Reports(Report(0, 0, 0, 0)), []).UsualGapMicroseconds);
    }

    [Fact]
    public void The_worst_heartbeat_of_its_partitions_is_the_topics()
    {
        PartitionReport In(int partition, string? state) => Report(partition, 10, 10, 0) with { Heartbeat = state };

        Assert.Equal("silent: a", TopicBooks.Of(Name, [], [], Reports(In(0, "beating"), In(1, "silent: a")), []).Heartbeat);
        Assert.Null(TopicBooks.Of(Name, [], [], Reports(In(0, null)), []).Heartbeat);
    }

    [Fact]
    public void Latencies_of_all_silos_are_put_together()
    {
        LatencyReport[] latencies = [new("hermes", [new(1_000, 60)]), new("hermes", [new(1_000, 30), new(80_000, 10)]), new("log", [new(900_000, 500)])];

        var status = TopicBooks.Of(Name, [Hermes, Hermes with { Id = "idle" }], [Row(0, next: 10)], Reports(), [.. latencies]);

        Assert.Equal(new HandlerLatency(1, 80), status.Handlers[0].Latency);
        Assert.Null(status.Handlers[1].Latency);
    }

    private static CursorRow Row(int partition, long next, long handled = 0, long ignored = 0, long parked = 0) => new()
    {
        Key = new("survey", "alerts", partition, "hermes"),
        NextOffset = next,
        OwnerEpoch = 1,
        Owner = "a",
        Consumed = handled + ignored + parked,
        Handled = handled,
        Ignored = ignored,
        Parked = parked,
        Dropped = 0,
        Lost = 0,
    };

    private static PartitionReport Report(int partition, long position, long high, long inFlight) =>
        new() { Partition = partition, Position = position, HighOffset = high, InFlight = inFlight };

    private static Dictionary<int, (string Silo, PartitionReport Report)> Reports(params PartitionReport[] reports) =>
        reports.ToDictionary(report => report.Partition, report => ("a", report));
}
