using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Sharing.Continuous;
using TomOrleans.Storage.Sharing;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Sharing.Continuous;

public sealed class ContinuousSelectionTests
{
    private static readonly DestinationOptions Options = new() { Name = "hermes" };

    private static readonly PointKey Key = new(7, 1, 2);

    [Fact]
    public void A_value_that_is_shown_goes() => Assert.True(Goes(A.Point));

    [Fact]
    public void A_value_that_is_not_shown_any_more_does_not_go() =>
        Assert.Empty(ContinuousSelection.Choose([new(1, Key)], new Dictionary<PointKey, ShownValue>(), new Dictionary<PointKey, bool>(), Options, "hermes.test").Taken);

    [Fact]
    public void A_withdrawn_value_does_not_go() => Assert.False(Goes(A.Point with { IsRetracted = true }));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_value_that_was_passed_on_does_not_go_again(bool isDelivered) => Assert.Empty(ContinuousSelection.Choose(
        [new(1, Key)],
        new Dictionary<PointKey, ShownValue> { [Key] = new(new SharedPoint(Key, A.Point), null) },
        new Dictionary<PointKey, bool> { [Key] = isDelivered },
        Options,
        "hermes.test").Taken);

    [Fact]
    public void What_came_from_the_topic_does_not_go_back_there()
    {
        var point = A.Point with { Provenance = new(new("hopskotch", "hermes.test", 0, 5), null, "peer", 1) };

        Assert.False(Goes(point));
        Assert.True(Goes(point, topic: "another.topic"));
        Assert.True(Goes(point, topic: null));
    }

    [Theory]
    [InlineData("LCO", null)]
    [InlineData("lco", null)]
    [InlineData("somebody", "Lco")]
    public void What_came_from_a_peer_does_not_go_back_to_it(string origin, string? sender)
    {
        var point = A.Point with { Origin = origin, Provenance = new(new("hopskotch", "theirs", 0, 5), null, sender, 1) };

        Assert.False(Goes(point, Options with { Peers = ["LCO"] }));
        Assert.True(Goes(point, Options with { Peers = ["ESO"] }));
    }

    [Fact]
    public void Only_origins_that_may_be_shared_go()
    {
        Assert.True(Goes(A.Point with { Origin = "our pipeline" }, Options with { ShareOrigins = ["Our pipeline", "LCO"] }));
        Assert.False(Goes(A.Point with { Origin = "ZTF" }, Options with { ShareOrigins = ["Our pipeline", "LCO"] }));
    }

    private static bool Goes(PhotometryPoint point, DestinationOptions? options = null, string? topic = "hermes.test")
    {
        var (taken, leftOut) = ContinuousSelection.Choose(
            [new(1, Key)], new Dictionary<PointKey, ShownValue> { [Key] = new(new SharedPoint(Key, point), null) }, new Dictionary<PointKey, bool>(), options ?? Options, topic);
        Assert.Equal(1, taken.Count + leftOut.Count);
        return taken.Count == 1;
    }
}
