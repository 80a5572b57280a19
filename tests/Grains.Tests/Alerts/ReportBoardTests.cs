using Microsoft.Extensions.Time.Testing;
using TomOrleans.Grains.Alerts;

namespace TomOrleans.Grains.Tests.Alerts;

public sealed class ReportBoardTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_report_that_is_not_renewed_goes_stale()
    {
        var board = new ReportBoard<int, string>(_time);
        board.Put(0, "silo", "alive", isLast: false);
        Assert.Single(board.Current());

        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.Empty(board.Current());
    }

    [Fact]
    public void The_last_report_of_a_former_owner_does_not_take_down_the_new_owners()
    {
        var board = new ReportBoard<int, string>(_time);
        board.Put(0, "new", "mine", isLast: false);

        board.Put(0, "old", "given up", isLast: true);

        Assert.Equal("new", Assert.Single(board.Current()).Value.Silo);
    }
}
