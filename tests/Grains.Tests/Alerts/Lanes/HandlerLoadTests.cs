using Microsoft.Extensions.Time.Testing;
using TomOrleans.Grains.Alerts.Lanes;

namespace TomOrleans.Grains.Tests.Alerts.Lanes;

public sealed class HandlerLoadTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_handler_that_hangs_in_eight_partitions_is_given_no_ninth_batch()
    {
        var load = new HandlerLoad(_time);
        for (var i = 0; i < 8; i++)
        {
            load.Count();
        }

        Assert.True(load.IsJammed);
        var ninth = load.EnterAsync(TestContext.Current.CancellationToken);
        Assert.False(ninth.IsCompleted);
        load.Leave();
        await ninth;
        Assert.True(load.IsJammed);
    }

    [Fact]
    public void A_handler_that_answers_now_and_then_is_slow_and_not_jammed()
    {
        var load = new HandlerLoad(_time);
        for (var i = 0; i < 8; i++)
        {
            load.Count();
        }

        load.Answered();
        Assert.False(load.IsJammed);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(load.IsJammed);
    }
}
