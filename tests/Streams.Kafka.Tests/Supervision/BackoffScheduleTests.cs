using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.Tests.Supervision;

public sealed class BackoffScheduleTests
{
    private static readonly TimeSpan[] Steps = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8)];

    [Fact]
    public void The_last_step_stays()
    {
        var schedule = new BackoffSchedule(() => 0, Steps);
        Assert.Equal([1, 2, 8, 8, 8], Enumerable.Range(0, 5).Select(_ => schedule.Next().TotalSeconds));
    }

    [Fact]
    public void After_a_reset_it_begins_again()
    {
        var schedule = new BackoffSchedule(() => 0, Steps);
        _ = schedule.Next();
        _ = schedule.Next();
        schedule.Reset();
        Assert.Equal(1, schedule.Next().TotalSeconds);
    }

    [Fact]
    public void Chance_lengthens_a_step_by_a_quarter_at_most()
    {
        Assert.Equal(1.25, new BackoffSchedule(() => 1, Steps).Next().TotalSeconds);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.InRange(new BackoffSchedule(Steps).Next().TotalSeconds, 1, 1.25));
    }

    [Fact]
    public void An_unreachable_broker_is_tried_again_soon_and_a_refusal_ever_more_rarely()
    {
        var unreachable = BackoffSchedule.ForUnreachable();
        Assert.InRange(unreachable.Next().TotalSeconds, 1, 1.25);
        Assert.InRange(unreachable.Next().TotalSeconds, 2, 2.5);
        Assert.InRange(unreachable.Next().TotalSeconds, 5, 6.25);
        var refused = BackoffSchedule.ForRefused();
        Assert.InRange(refused.Next().TotalSeconds, 5, 6.25);
        var tenth = Enumerable.Range(0, 9).Select(_ => refused.Next()).ToList()[^1];
        Assert.InRange(tenth.TotalMinutes, 5, 6.25);
    }
}
