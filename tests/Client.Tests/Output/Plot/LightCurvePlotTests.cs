using TomOrleans.Targets;

namespace TomOrleans.Client.Tests.Output.Plot;

/// <summary>The picture, to the character.</summary>
public sealed class LightCurvePlotTests
{
    [Fact]
    public void A_supernova_in_two_bands() => Assert.Equal(
        """
        SIM-001  54 points [AB mag]  2026-11-01 to 2026-12-29 UTC
            │                               │ │
            │                             g g g│ g g g│
            │                        │ g│ r r  r r r │r g │  │
            │                      │ g  r │ │  │ │ │  │ r r g│ │
         18 ┤                      │ r  │             │ │ │ │r r │  │
            │                    │ r │                       │ │ r  r │
            │                 │  r │                             │ g│ r  │
            │                 r g│                                 │  g  r │
            │               │ │                                       │ ││ r │
         19 ┤               r │                                         g  │ r  │
            │               │ g                                            g │  r │
            │                                                              │ │  │ r │
            │              g                                                 g    │ r
         20 ┤              │                                                   │    │
            │                                                                  g
            │   ▽  ▽   ▽  ▽                                                       g
            │                                                                     │
         21 ┤                                                                       g
            │                                                                       │
            └────────────────────┬───────────────────────┬──────────────────────┬───────
        MJD                    61360                   61380                  61400
        UTC                 2026-11-16              2026-12-06             2026-12-26
        g ZTF g: 25 + 4 ▽   r: 25   ▽ limit
        """,
        Curves.Text(Curves.Supernova()));

    [Fact]
    public void The_same_in_ASCII_and_small() => Assert.Equal(
        """
        SIM-001  54 points [AB mag]  2026-11-01 to 2026-12-29 UTC
            |                     g gg|g g
            |                 g|r r r rr rgrr r g |
         18 +              | r|r|          || | rgrr r |
            |             rr                       | ggrr r |
            |           rg|                             g | r r|
            |           |                                 g g |r r
         20 +           g                                    g   |
            |  v  v v  v                                       g |
            |                                                    g
            +------+------------------------------------------+-----
        MJD      61350                                      61400
        UTC   2026-11-06                                 2026-12-26
        g ZTF g: 25 + 4 v   r: 25   v limit
        """,
        Curves.Text(Curves.Supernova(), width: 60, height: 14, ascii: true));

    [Fact]
    public void Fluxes_of_different_units_stand_on_one_axis_with_bright_up() => Assert.Equal(
        """
        SIM-001  4 points [uJy]  2026-11-01 UTC
        200 ┤                                                                       u
            │                                                                       │
            │                                                                       │
            │                                     │
            │                                     │
        100 ┤                                     V
            │                                     │
            │
            │
            │
            │   V                                                  ▽
            └───┬────────────────┬────────────────┬────────────────┬────────────────┬───
        MJD 61345.000        61345.005        61345.010        61345.015       61345.020
        UTC 00:00:00         00:07:12         00:14:24         00:21:36         00:28:48
        u: 1   g: 1 ▽   V: 2   ▽ limit
        """,
        Curves.Text(
            [
                Curves.Detection(0, "V", 17.5, 0.3, BrightnessUnit.Microjansky),
                Curves.Detection(0.01, "V", 117.5, 33, BrightnessUnit.Microjansky),
                Curves.Detection(0.02, "u", 0.2, 0.03, BrightnessUnit.Millijansky),
                Curves.Limit(0.015, "g", 20, BrightnessUnit.Microjansky),
            ],
            height: 16));

    [Fact]
    public void One_point_alone_has_room_around_it() => Assert.Equal(
        """
        SIM-001  1 point [AB mag]  2026-11-01 UTC
        17.0 ┤
             │
             │
        17.5 ┤                                    V
             │
             │
        18.0 ┤
             └┬───────────────────────────────────┬────────────────────────────────────┬
         MJD                                   61345.0                           61345.5
         UTC                                 11-01 00:00                     11-01 12:00
        V: 1
        """,
        Curves.Text([Curves.Detection(0, "V", 17.5)], height: 12));

    [Fact]
    public void Only_the_last_days_on_request() =>
        Assert.StartsWith("SIM-001  6 points [AB mag]  2026-12-25 to 2026-12-29 UTC  (not shown: 48 older)", Curves.Text(Curves.Supernova(), width: 100, days: 5), StringComparison.Ordinal);

    [Fact]
    public void Without_points_there_is_one_line() => Assert.Equal("SIM-001: nothing to plot", Curves.Text([]));

    [Theory]
    [InlineData(40, 12)]
    [InlineData(80, 24)]
    [InlineData(211, 60)]
    public void The_picture_keeps_to_its_size(int width, int height)
    {
        var lines = Curves.Text(Curves.Supernova(), width, height).Split('\n');

        Assert.Equal(height, lines.Length);
        Assert.All(lines[..^1], line => Assert.True(line.Length <= width, line));
    }

    [Fact]
    public void An_error_larger_than_the_picture_is_cut_and_not_drawn_outside()
    {
        var lines = Curves.Text([Curves.Detection(0, "g", 18, 50), Curves.Detection(1, "g", 19, 0.01)], height: 14).Split('\n');

        Assert.Equal(14, lines.Length);
        Assert.Contains("18", string.Join('\n', lines), StringComparison.Ordinal);
    }

    [Fact]
    public void ASCII_pictures_hold_nothing_else() =>
        Assert.DoesNotContain(Curves.Text(Curves.Supernova(), ascii: true), character => character > '~');
}
