using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.Tests.Supervision;

public sealed class HeartbeatTests
{
    private readonly ManualTime _time = new();
    private readonly Heartbeat _heartbeat;

    public HeartbeatTests() =>
        _heartbeat = new("sys.heartbeat", new("sys.heartbeat", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(300)), _time);

    [Fact]
    public void It_connects_anew_less_and_less_often_but_at_least_once_an_hour()
    {
        var tries = new List<int>();
        for (var second = 1; second <= 20_000; second++)
        {
            if (LookAfter(1) is not null)
            {
                tries.Add(second);
            }
        }

        Assert.Equal([90, 270, 630, 1350, 2790, 5670, 9270, 12870, 16470], tries);
    }

    [Fact]
    public void Its_state_goes_from_silent_to_failing_and_a_beat_ends_both()
    {
        LookAfter(29);
        Assert.Equal("beating", _heartbeat.State);
        LookAfter(1);
        Assert.StartsWith("silent: no heartbeat on sys.heartbeat since 20", _heartbeat.State, StringComparison.Ordinal);
        LookAfter(59);
        LookAfter(59);
        LookAfter(59);
        LookAfter(59);
        LookAfter(59);
        Assert.StartsWith("failing: ", _heartbeat.State, StringComparison.Ordinal);
        _heartbeat.Heard();
        Assert.Equal("beating", _heartbeat.State);
        Assert.Null(LookAfter(1));
    }

    [Fact]
    public void Who_has_not_read_it_for_a_while_knows_nothing_and_begins_anew()
    {
        LookAfter(40);
        _time.Now += TimeSpan.FromSeconds(61);
        Assert.Null(_heartbeat.State);
        LookAfter(1);
        Assert.Equal("beating", _heartbeat.State);
    }

    [Fact]
    public void While_we_ourselves_are_not_done_nothing_is_missed()
    {
        LookAfter(50);
        _time.Now += TimeSpan.FromSeconds(50);
        Assert.Null(_heartbeat.Look(isExcused: true));
        Assert.Equal("beating", _heartbeat.State);
    }

    [Fact]
    public void A_topic_that_is_absent_turns_silent_and_failing_and_nobody_connects_anew_for_it()
    {
        var states = new List<string>();
        for (var second = 1; second <= 300; second++)
        {
            _time.Now += TimeSpan.FromSeconds(1);
            Assert.Null(_heartbeat.Look(isExcused: false, isAbsent: true));
            states.Add(_heartbeat.State![..7]);
        }

        Assert.Equal(["beating", "silent:", "failing"], states.Distinct());
        Assert.EndsWith(": the topic is absent, or forbidden to this user", _heartbeat.State, StringComparison.Ordinal);
    }

    private string? LookAfter(int seconds)
    {
        _time.Now += TimeSpan.FromSeconds(seconds);
        return _heartbeat.Look(isExcused: false);
    }
}
