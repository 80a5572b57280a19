using TomOrleans.Client.TargetFiles;
using TomOrleans.Targets;

namespace TomOrleans.Client.Tests.TargetFiles;

public sealed class TargetFileTests
{
    [Fact]
    public void Row_of_the_Toolkit_s_form_has_coordinates_numbers_further_names_lists_and_free_fields()
    {
        var line = Assert.Single(Read("""
            name,type,ra,dec,pm_ra,parallax,name2,name3,groups,id,host
            SN 2026ab,SIDEREAL,05:34:31.94,-02:30:00,-3.5,0,ZTF26a,ATLAS26b,Follow up;Bright,17,"NGC 1,2"
            """));

        var draft = line.Draft!;
        Assert.Equal((2, "SN 2026ab", null), (line.Number, draft.Name, line.Fault));
        Assert.Equal((83.6330833, -2.5), (Math.Round(draft.RightAscensionDegrees!.Value, 7), draft.DeclinationDegrees!.Value));
        Assert.Equal((-3.5, 0), (draft.Astrometry!.ProperMotionRightAscension, draft.Astrometry.Parallax));
        Assert.Equal(["ZTF26a", "ATLAS26b"], draft.Aliases);
        Assert.Equal(["Follow up", "Bright"], draft.Lists);
        Assert.Equal([new TargetExtra("host", "NGC 1,2")], draft.Extras);
    }

    [Fact]
    public void Orbit_needs_no_coordinates()
    {
        var draft = Assert.Single(Read("name\ttype\tscheme\teccentricity\nCeres\tNON_SIDEREAL\tMPC_MINOR_PLANET\t0.0789")).Draft!;

        Assert.Equal((TargetType.NonSidereal, OrbitalScheme.MpcMinorPlanet, 0.0789), (draft.Type, draft.Elements!.Scheme!.Value, draft.Elements.Eccentricity!.Value));
    }

    [Theory]
    [InlineData("name,ra,dec\nA,10", "has 2 values for 3 columns")]
    [InlineData("name,ra,dec\n,10,20", "has no name")]
    [InlineData("name,ra,dec\nA,10,", "a sidereal target needs ra and dec")]
    [InlineData("name,ra,dec\nA,400,20", "ra: '400' is no right ascension: degrees (83.63) or hours (05:34:31.9, 05h34m31.9s)")]
    [InlineData("name,ra,Dec\nA,10,south", "Dec: 'south' is no declination: degrees (22.01, +22:00:52, 22d00m52s)")]
    [InlineData("name,ra,dec,type\nA,10,20,star", "type: 'star' is no type: sidereal or non-sidereal")]
    [InlineData("name,ra,dec,pm_ra\nA,10,20,fast", "pm_ra: 'fast' is no number, for pm_ra [mas/yr]")]
    public void Row_that_cannot_be_read_for_certain_says_why(string text, string fault)
    {
        var line = Assert.Single(Read(text));

        Assert.Equal((2, null, fault), (line.Number, line.Draft, line.Fault));
    }

    [Fact]
    public void Lines_keep_their_numbers_over_comments_blank_lines_and_values_of_several_lines()
    {
        var lines = Read("# from a survey\n\nname;ra;dec;remark\nA;1;2;\"two\nlines\"\n\nB;3;4;");

        Assert.Equal(["A", "B"], lines.Select(line => line.Name));
        Assert.Equal([4, 7], lines.Select(line => line.Number));
    }

    [Theory]
    [InlineData("", "the file has no line of column names")]
    [InlineData("ra,dec\n1,2", "no column is called 'name'; there are: 'ra', 'dec'")]
    [InlineData("name,RA,ra,dec\nA,1,2,3", "two columns say the same: 'RA', 'ra'")]
    public void What_is_no_such_table_is_refused_whole(string text, string reason) =>
        Assert.Equal(reason, Assert.Throws<RefusedException>(() => Read(text)).Message);

    private static IReadOnlyList<TargetLine> Read(string text) => TargetFile.Read(text);
}
