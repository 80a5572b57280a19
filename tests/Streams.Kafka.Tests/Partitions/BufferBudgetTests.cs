using TomOrleans.Streams.Kafka.Partitions;

namespace TomOrleans.Streams.Kafka.Tests.Partitions;

public sealed class BufferBudgetTests
{
    [Fact]
    public void One_busy_partition_may_hold_a_fifth_and_the_rest_stays_for_others()
    {
        var budget = new BufferBudget(1000);
        budget.Take(199);
        Assert.False(budget.IsFull(199));
        budget.Take(1);
        Assert.True(budget.IsFull(200));
        Assert.False(budget.IsFull(199));
    }

    [Fact]
    public void However_many_partitions_are_stuck_the_limit_holds_and_there_is_room_for_one_more()
    {
        var budget = new BufferBudget(10_000_000);
        for (var partition = 0; partition < 20; partition++)
        {
            long held = 0;
            while (!budget.IsFull(held))
            {
                budget.Take(1000);
                held += 1000;
            }
        }

        Assert.InRange(budget.Used, 9_000_000, 10_000_000);
        Assert.False(budget.IsFull(20_000));
    }

    [Fact]
    public void A_partition_that_holds_nothing_may_always_read()
    {
        var budget = new BufferBudget(10);
        budget.Take(5000);
        Assert.False(budget.IsFull(0));
        Assert.True(budget.MayResume(0));
        Assert.True(budget.IsFull(1));
        Assert.False(budget.MayResume(1));
    }

    [Fact]
    public void A_full_partition_goes_on_when_half_is_drained_and_not_before()
    {
        var budget = new BufferBudget(1000);
        budget.Take(200);
        Assert.True(budget.IsFull(200));
        budget.Return(80);
        Assert.False(budget.MayResume(120));
        budget.Return(10);
        Assert.True(budget.MayResume(110));
    }

    [Fact]
    public void A_record_costs_its_bytes_and_what_keeps_them()
    {
        var bare = BufferBudget.SizeOf(new StreamRecord(0, 0, null, null, default));
        Assert.InRange(bare, 100, 300);
        Assert.Equal(bare + 1100, BufferBudget.SizeOf(new StreamRecord(0, 0, new byte[100], new byte[1000], default)));
        Assert.InRange(BufferBudget.SizeOf(new StreamRecord(0, 0, null, null, RecordHeaders.Of([new("_id", new byte[16])]))) - bare, 16 + 6, 200);
    }
}
