using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Webhook;

namespace TomOrleans.Grains.Tests.Alerts.Webhook;

public sealed class DeliveredAlertsTests
{
    private readonly DeliveredAlerts _delivered = new();

    [Fact]
    public void What_was_delivered_before_a_batch_failed_is_not_due_when_it_comes_again()
    {
        var batch = Batch(claim: 1, 0, 1, 2);
        Deliver(batch, count: 2);

        Assert.Equal([2], DueOf(batch));
        _delivered.Note(Alerts(batch, 2), Verdict.Ignored("third"));
        Assert.Equal([null, null, "third"], _delivered.End(batch).Select(verdict => verdict.Reason));
    }

    [Fact]
    public void After_a_seek_all_is_due_again()
    {
        Deliver(Batch(claim: 1, 0, 1, 2), count: 2);

        Assert.Equal([0, 1, 2], DueOf(Batch(claim: 2, 0, 1, 2)));
    }

    [Fact]
    public void Another_message_at_the_same_offset_is_due()
    {
        var batch = Batch(claim: 1, 0, 1, 2);
        Deliver(batch, count: 3);

        var remade = batch with { Alerts = [.. batch.Alerts.Select(alert => alert with { TimestampMicroseconds = alert.Location.Offset == 1 ? 7 : alert.TimestampMicroseconds })] };
        Assert.Equal([1], DueOf(remade));
        Assert.Equal([1], DueOf(batch with { Alerts = [.. batch.Alerts.Select(alert => alert.Location.Offset == 1 ? alert with { MessageId = Guid.NewGuid() } : alert)] }));
    }

    [Fact]
    public void Verdicts_stay_with_their_messages_when_the_batch_is_cut_otherwise()
    {
        var batch = Batch(claim: 1, 0, 1, 2, 3);
        DueOf(batch);
        foreach (var alert in batch.Alerts)
        {
            _delivered.Note([alert], Verdict.Ignored($"{alert.Location.Offset}"));
        }

        var shorter = Batch(claim: 1, 0, 2);
        Assert.Empty(DueOf(shorter));
        Assert.Equal(["0", "2"], _delivered.End(shorter).Select(verdict => verdict.Reason));
        Assert.Equal([4], DueOf(Batch(claim: 1, 3, 4)));
    }

    [Fact]
    public void What_was_at_its_end_is_forgotten()
    {
        var batch = Batch(claim: 1, 0, 1);
        Deliver(batch, count: 2);
        _delivered.End(batch);

        Assert.Equal([0, 1], DueOf(batch));
    }

    private void Deliver(AlertBatch batch, int count)
    {
        DueOf(batch);
        _delivered.Note(batch.Alerts.AsSpan()[..count], Verdict.Handled);
    }

    private long[] DueOf(AlertBatch batch) => [.. _delivered.Begin(batch).Select(alert => alert.Location.Offset)];

    private static ReadOnlySpan<Alert> Alerts(AlertBatch batch, int index) => batch.Alerts.AsSpan().Slice(index, 1);

    private static AlertBatch Batch(long claim, params long[] offsets) => new(
        new(MessageBuilder.Partition, "hook"),
        [.. offsets.Select(offset => MessageBuilder.Decode("x") with { Location = new(MessageBuilder.Partition.Topic.Stream, MessageBuilder.Partition.Topic.Topic, MessageBuilder.Partition.Partition, offset) })])
    {
        Claim = claim,
    };
}
