using TomOrleans.Client.Output;
using TomOrleans.Sharing;

namespace TomOrleans.Client.Tests.Output;

public sealed class ContinuousOutputTests
{
    private static readonly ContinuousShare Order = new()
    {
        Id = 3,
        Target = "SIM-001",
        Destination = "hermes",
        Topic = "hermes.test",
        CreatedBy = "anna",
        CreatedMicroseconds = 1_782_875_045_000_000,
        Shared = 1200,
        LeftOut = 2,
        Waiting = 1,
    };

    [Fact]
    public void Order_says_what_goes_where_and_what_goes_first() => Assert.Equal(
        "continuous share 3: new points of SIM-001 go to hermes:hermes.test from now on; 1 point that it has go first, but for those shared there before\n",
        Printed.By(report => ContinuousOutput.ShowAdded(report, Order)));

    [Fact]
    public void Order_of_a_list_names_the_list() => Assert.Equal(
        "continuous share 3: new points of the list Bright ones go to not-my-tom from now on\n",
        Printed.By(report => ContinuousOutput.ShowAdded(report, Order with { Target = "", List = "Bright ones", Destination = "not-my-tom", Topic = null, Waiting = 0 })));

    [Fact]
    public void End_of_an_order_says_what_is_not_shared_any_more() => Assert.Equal(
        "continuous share 3 of SIM-001 to hermes:hermes.test is ended; 1 point that waited is not shared\n",
        Printed.By(report => ContinuousOutput.ShowRemoved(report, Order)));

    [Fact]
    public void Texts_of_others_are_escaped() =>
        Assert.DoesNotContain("\u001b", Printed.By(report => ContinuousOutput.ShowList(report, [Order with { Target = "SIM\u001b[5m", CreatedBy = "\u001b[2J" }])), StringComparison.Ordinal);

    [Fact]
    public void Without_orders_the_list_says_how_one_is_given() =>
        Assert.Equal("No continuous shares. Order one with: tom continuous add NAME --to DEST[:TOPIC]\n", Printed.By(report => ContinuousOutput.ShowList(report, [])));
}
