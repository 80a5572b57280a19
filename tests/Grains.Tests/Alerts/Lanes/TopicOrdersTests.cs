using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Storage.Control;

namespace TomOrleans.Grains.Tests.Alerts.Lanes;

public sealed class TopicOrdersTests
{
    [Fact]
    public void An_order_for_the_topic_and_one_for_the_handler_both_hold()
    {
        var orders = new TopicOrders(
        [
            new("t", "", new("ada", 0), new(SeekGoal.Earliest, 0, 50), 1),
            new("t", "log", null, new(SeekGoal.Offset, 7, 60), 1),
            new("t", "hermes", new("bob", 1_000_000), null, 1),
        ]);

        Assert.Equal("paused by ada since 1970-01-01T00:00:00Z", orders.PausedBy("log"));
        Assert.Equal("paused by ada since 1970-01-01T00:00:00Z", orders.PausedBy("hermes"));
        Assert.Equal(7, orders.SeekFor("log", followed: 10)!.Value);
        Assert.Equal(50, orders.SeekFor("hermes", followed: 10)!.Microseconds);
    }

    [Fact]
    public void An_order_that_was_followed_is_not_followed_again()
    {
        var orders = new TopicOrders([new("t", "", null, new(SeekGoal.Earliest, 0, 50), 1)]);

        Assert.NotNull(orders.SeekFor("log", followed: 49));
        Assert.Null(orders.SeekFor("log", followed: 50));
        Assert.Null(orders.PausedBy("log"));
    }
}
