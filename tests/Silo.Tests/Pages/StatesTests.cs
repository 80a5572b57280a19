using TomOrleans.Sharing;
using TomOrleans.Silo.Pages.Frame;
using TomOrleans.Silo.Pages.Outbox;
using TomOrleans.Silo.Pages.Parts;
using TomOrleans.Silo.Pages.Streams;
using TomOrleans.Silo.Pages.Targets;

namespace TomOrleans.Silo.Tests.Pages;

public sealed class StatesTests
{
    [Theory]
    [InlineData(100, 0)]
    [InlineData(103, 3)]
    [InlineData(98, -2)]
    public void Books_balance_when_what_was_read_is_what_was_dealt_with(long consumed, long missing) =>
        Assert.Equal(missing, BooksBalance.Missing(new() { Consumed = consumed, Handled = 60, Ignored = 20, Parked = 10, Dropped = 5, InFlight = 5, Behind = 1000, Lost = 7 }));

    [Theory]
    [InlineData("connected", ChipTone.Good)]
    [InlineData("live", ChipTone.Good)]
    [InlineData("waiting: database busy", ChipTone.Warn)]
    [InlineData("refused: Authentication failed", ChipTone.Bad)]
    [InlineData("failing: out of memory", ChipTone.Bad)]
    [InlineData("stopped", ChipTone.Calm)]
    public void States_look_as_grave_as_they_are(string state, ChipTone tone) => Assert.Equal(tone, StreamTones.Of(state));

    [Fact]
    public void Every_state_of_a_share_has_a_look_and_trouble_stands_out()
    {
        Assert.Equal(
            [ChipTone.Busy, ChipTone.Busy, ChipTone.Good, ChipTone.Bad, ChipTone.Warn, ChipTone.Calm],
            Enum.GetValues<ShareState>().Select(ShareTones.Of));
        Assert.Equal(ChipTone.Warn, ShareTones.OfDestination("backing off: connection refused"));
    }

    [Theory]
    [InlineData("night", PageTheme.Night)]
    [InlineData("Dark", PageTheme.Dark)]
    [InlineData("7", null)]
    [InlineData("<script>", null)]
    [InlineData(null, null)]
    public void Only_known_themes_are_taken_from_the_cookie(string? cookie, PageTheme? theme) => Assert.Equal(theme, ThemeChoice.Parse(cookie));

    [Fact]
    public void Addresses_of_targets_hold_any_name() => Assert.Equal("targets/a%2Fb%20%3F50%25", TargetLinks.To("a/b ?50%"));
}
