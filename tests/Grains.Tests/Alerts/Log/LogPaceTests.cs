using Microsoft.Extensions.Time.Testing;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Log;

namespace TomOrleans.Grains.Tests.Alerts.Log;

public sealed class LogPaceTests
{
    private static readonly TopicName Busy = new("hop", "busy");
    private readonly FakeTimeProvider _time = new();
    private readonly List<long> _more = [];

    [Fact]
    public void A_topic_has_ten_lines_a_second_and_is_told_how_many_there_were_beyond()
    {
        var pace = new LogPace(_time);
        Assert.Equal(10, Admitted(pace, 1_000));
        Assert.Empty(_more);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([990L], _more);
        Assert.Equal(10, Admitted(pace, 12));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([990L, 2L], _more);
    }

    [Fact]
    public void A_slow_topic_beside_a_busy_one_has_all_its_lines()
    {
        var pace = new LogPace(_time);
        Admitted(pace, 100);
        for (var second = 0; second < 5; second++)
        {
            Assert.All(Enumerable.Range(0, 10), _ => Assert.True(pace.Admit(new("hop", "slow"), _ => Assert.Fail("nothing is left out"))));
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private int Admitted(LogPace pace, int messages) => Enumerable.Range(0, messages).Count(_ => pace.Admit(Busy, _more.Add));
}
