using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.Tests.Supervision;

public sealed class RepeatGateTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void The_first_of_a_kind_passes_and_then_one_a_minute_with_the_count_of_the_others()
    {
        var gate = new RepeatGate(_time);
        Assert.True(gate.Admit("a", out var held));
        Assert.Equal(0, held);
        Assert.All(Enumerable.Range(0, 59), _ =>
        {
            _time.Now += TimeSpan.FromSeconds(1);
            Assert.False(gate.Admit("a", out var _));
        });
        _time.Now += TimeSpan.FromSeconds(1);
        Assert.True(gate.Admit("a", out held));
        Assert.Equal(59, held);
        Assert.False(gate.Admit("a", out _));
    }

    [Fact]
    public void Kinds_do_not_hold_each_other_back()
    {
        var gate = new RepeatGate(_time);
        Assert.True(gate.Admit("a", out _));
        Assert.True(gate.Admit("b", out _));
    }
}
