using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace TomOrleans.Streams.Kafka.Tests.CatchUp;

public sealed class CatchUpReaderTests : KafkaTest
{
    private static readonly PartitionRef First = new("alerts", 0);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reading_on_gives_every_record_once_in_order_and_then_the_end()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 3000, padding: 500);
        await using var reader = Reader(Settings("alerts") with { MaxBatchRecords = 70 });

        var read = await ReadAllAsync(reader, First, 0);
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => (long)i), read.Select(record => record.Offset));
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => i.ToString()), read.Select(Text));
        var end = await reader.ReadAsync(First, 3000, Ct);
        Assert.Equal((0, 3000L, -1L), (end.Records.Count, end.NextOffset, end.LowOffset));
    }

    [Fact]
    public async Task What_comes_after_the_end_was_reached_is_read_too()
    {
        Kafka.CreateTopic("alerts", 1);
        await using var reader = Reader(Settings("alerts"));
        var empty = await reader.ReadAsync(First, 0, Ct);
        Assert.Equal((0, 0L, -1L), (empty.Records.Count, empty.NextOffset, empty.LowOffset));

        await PublishAsync("alerts", 0, 5);
        var read = new List<StreamRecord>();
        while (read.Count < 5)
        {
            read.AddRange((await reader.ReadAsync(First, read.Count, Ct)).Records);
        }

        Assert.Equal(["0", "1", "2", "3", "4"], read.Select(Text));
    }

    [Fact]
    public async Task Any_offset_can_be_read_from_in_any_order()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 2000, padding: 1000);
        await using var reader = Reader(Settings("alerts") with { MaxBatchRecords = 50 });
        var random = new Random(7);
        long next = 0;
        for (var i = 0; i < 60; i++)
        {
            var offset = i % 3 == 0 ? random.Next(1999) : next % 2000;
            var batch = await reader.ReadAsync(First, offset, Ct);
            Assert.Equal(-1, batch.LowOffset);
            Assert.Equal(Enumerable.Range(0, batch.Records.Count).Select(j => offset + j), batch.Records.Select(record => record.Offset));
            Assert.True(batch.Records.Count > 0, $"nothing from {offset}");
            next = batch.NextOffset;
        }
    }

    [Fact]
    public async Task Several_readers_of_one_partition_at_different_offsets_all_get_on()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 1000, padding: 100);
        await using var reader = Reader(Settings("alerts") with { MaxBatchRecords = 100 });
        var read = await Task.WhenAll(ReadAllAsync(reader, First, 0), ReadAllAsync(reader, First, 300), ReadAllAsync(reader, First, 999));
        Assert.Equal([1000, 700, 1], read.Select(records => records.Count));
        Assert.All(read, records => Assert.Equal(999, records[^1].Offset));
        Assert.All(read, records => Assert.Equal(records.Count, records.Select(record => record.Offset).Distinct().Count()));
    }

    [Fact]
    public async Task An_offset_the_broker_threw_away_is_said_with_the_first_one_it_has()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 100);
        Kafka.DeleteRecords("alerts", 0, 60);
        await using var reader = Reader(Settings("alerts"));
        var lost = await reader.ReadAsync(First, 10, Ct);
        Assert.Equal((0, 10L, 60L), (lost.Records.Count, lost.NextOffset, lost.LowOffset));
        Assert.Equal(40, (await ReadAllAsync(reader, First, 60)).Count);
    }

    [Fact]
    public async Task Retention_that_overtakes_a_reader_is_said_after_what_was_read_ahead()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 4000, padding: 1000);
        await using var reader = Reader(Settings("alerts") with { MaxBatchRecords = 10 });
        var next = (await reader.ReadAsync(First, 0, Ct)).NextOffset;
        Kafka.DeleteRecords("alerts", 0, 3900);

        CatchUpBatch batch;
        while ((batch = await reader.ReadAsync(First, next, Ct)).LowOffset < 0)
        {
            Assert.Equal(next, batch.Records[0].Offset);
            next = batch.NextOffset;
            Assert.True(next < 3900, "nothing was overtaken");
        }

        Assert.Equal((0, next, 3900L), (batch.Records.Count, batch.NextOffset, batch.LowOffset));
        Assert.Equal(100, (await ReadAllAsync(reader, First, 3900)).Count);
    }

    [Fact]
    public async Task An_offset_beyond_the_end_means_that_the_topic_was_made_again()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 5);
        await using var reader = Reader(Settings("alerts"));
        var beyond = await reader.ReadAsync(First, 900, Ct);
        Assert.Equal((0, 900L, 0L), (beyond.Records.Count, beyond.NextOffset, beyond.LowOffset));
        Assert.Equal(5, (await ReadAllAsync(reader, First, 0)).Count);
    }

    [Fact]
    public async Task A_topic_made_again_while_it_is_read_is_noticed()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 50);
        await using var reader = Reader(Settings("alerts"));
        Assert.Equal(50, (await ReadAllAsync(reader, First, 0)).Count);

        Kafka.DeleteTopic("alerts");
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 3);
        var batch = await PatientlyAsync(reader, First, 50, found => found.LowOffset >= 0);
        Assert.Equal((0, 50L, 0L), (batch.Records.Count, batch.NextOffset, batch.LowOffset));
        Assert.Equal(["0", "1", "2"], (await ReadAllAsync(reader, First, 0)).Select(Text));
    }

    [Fact]
    public async Task One_large_record_comes_alone()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 2);
        using var producer = new StreamProducer(new Dictionary<string, string>(Client) { ["message.max.bytes"] = "4000000" });
        await producer.PublishAsync("alerts", new OutgoingRecord { Partition = 0, Value = new byte[3_000_000] }, Ct);
        await PublishAsync("alerts", 0, 2, from: 3);
        await using var reader = Reader(Settings("alerts"));

        var batch = await reader.ReadAsync(First, 2, Ct);
        Assert.Equal(3_000_000, Assert.Single(batch.Records).Value!.Length);
        Assert.Equal([0L, 1L, 2L, 3L, 4L], (await ReadAllAsync(reader, First, 0)).Select(record => record.Offset));
    }

    [Fact]
    public async Task More_partitions_than_may_be_open_are_all_read_to_their_end()
    {
        const int partitions = 20;
        Kafka.CreateTopic("alerts", partitions);
        await Task.WhenAll(Enumerable.Range(0, partitions).Select(partition => PublishAsync("alerts", partition, 400, padding: 1000)));
        await using var reader = Reader(Settings("alerts") with { MaxBatchRecords = 10 });
        var read = await Task.WhenAll(Enumerable.Range(0, partitions).Select(partition => ReadAllAsync(reader, new PartitionRef("alerts", partition), 0)));
        Assert.All(read, records => Assert.Equal(Enumerable.Range(0, 400).Select(i => i.ToString()), records.Select(Text)));
    }

    [Fact]
    public async Task A_broker_that_goes_away_fails_reads_with_its_name_and_is_read_again_when_it_is_back()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        await using var reader = Reader(Settings("alerts"));
        Assert.Equal(10, (await ReadAllAsync(reader, First, 0)).Count);

        Kafka.SetBrokerDown();
        var fault = await Assert.ThrowsAsync<StreamUnavailableException>(async () =>
        {
            while (true)
            {
                // At the known end first, then from its beginning, which only the broker can answer.
                await reader.ReadAsync(First, 0, Ct);
            }
        });
        Assert.StartsWith($"cannot reach {Kafka.BootstrapServers} (", fault.Message, StringComparison.Ordinal);

        Kafka.SetBrokerUp();
        Assert.Equal(0, (await PatientlyAsync(reader, First, 0, found => found.Records.Count > 0)).Records[0].Offset);
    }

    [Fact]
    public async Task A_topic_that_is_not_there_fails_the_read_and_no_other()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        await using var reader = Reader(Settings("alerts"));
        var absent = reader.ReadAsync(new PartitionRef("absent", 7), 0, Ct);
        Assert.Equal(10, (await ReadAllAsync(reader, First, 0)).Count);
        var fault = await Assert.ThrowsAsync<StreamUnavailableException>(() => absent);
        Assert.StartsWith("absent/7: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_the_user_has_no_right_to_is_no_hindrance()
    {
        const short findCoordinator = 10;
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        Kafka.PushErrors(findCoordinator, Enumerable.Repeat(Confluent.Kafka.ErrorCode.GroupAuthorizationFailed, 20).ToArray());
        await using var reader = Reader(Settings("alerts"));
        Assert.Equal(10, (await ReadAllAsync(reader, First, 0)).Count);
    }

    [Fact]
    public async Task A_read_that_is_given_up_costs_the_next_one_nothing()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        Kafka.SetBrokerDown();
        await using var reader = Reader(Settings("alerts"));
        using var given = new CancellationTokenSource();
        var read = reader.ReadAsync(First, 0, given.Token);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);

        Kafka.SetBrokerUp();
        Assert.Equal(10, (await PatientlyAsync(reader, First, 0, found => found.Records.Count > 0)).Records.Count);
    }

    [Fact]
    public async Task Disposal_in_the_middle_of_a_read_ends_it()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        var reader = Reader(Settings("alerts"));
        Assert.Equal(10, (await ReadAllAsync(reader, First, 0)).Count);
        var reads = Enumerable.Range(0, 12).Select(partition => reader.ReadAsync(new PartitionRef("absent", partition), 0, Ct)).ToList();
        await reader.DisposeAsync();
        foreach (var read in reads)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => read);
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => reader.ReadAsync(First, 0, Ct));
        await reader.DisposeAsync();
    }

    [Fact]
    public async Task A_partition_that_was_forgotten_can_be_read_again()
    {
        Kafka.CreateTopic("alerts", 1);
        await PublishAsync("alerts", 0, 10);
        await using var reader = Reader(Settings("alerts") with { MaxBatchRecords = 4 });
        reader.Forget(First);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(4, (await reader.ReadAsync(First, 4, Ct)).NextOffset - 4);
            reader.Forget(First);
        }
    }

    private static CatchUpReader Reader(StreamSettings settings) => new(settings, NullLogger.Instance, TimeProvider.System);

    private static string Text(StreamRecord record) => Encoding.UTF8.GetString(record.Value!).Trim();

    private static async Task<List<StreamRecord>> ReadAllAsync(CatchUpReader reader, PartitionRef partition, long from)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var read = new List<StreamRecord>();
        while (true)
        {
            var batch = await reader.ReadAsync(partition, from, limit.Token);
            if (batch.Records.Count == 0)
            {
                Assert.Equal((from, -1L), (batch.NextOffset, batch.LowOffset));
                return read;
            }

            read.AddRange(batch.Records);
            from = batch.NextOffset;
        }
    }

    /// <summary>Repeats as callers do, until the broker says what is waited for.</summary>
    private static async Task<CatchUpBatch> PatientlyAsync(CatchUpReader reader, PartitionRef partition, long offset, Func<CatchUpBatch, bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                var batch = await reader.ReadAsync(partition, offset, limit.Token);
                if (holds(batch))
                {
                    return batch;
                }
            }
            catch (StreamUnavailableException)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }
}
