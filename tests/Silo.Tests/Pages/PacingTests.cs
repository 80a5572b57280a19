using TomOrleans.Silo.Pages.Live;

namespace TomOrleans.Silo.Tests.Pages;

public sealed class PacingTests
{
    [Fact]
    public void A_change_is_looked_at_once_in_so_many_beats_and_never_forgotten()
    {
        var pacing = new Pacing(beats: 3);
        Assert.Equal([false, false, true], new[] { true, false, true }.Select(pacing.IsDue));
        Assert.Equal([false, false, false], new[] { false, false, false }.Select(pacing.IsDue));
        Assert.Equal([false, false, true], new[] { false, true, false }.Select(pacing.IsDue));
    }
}
