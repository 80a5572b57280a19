using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Targets.Export;
using TomOrleans.Grains.Targets.Times;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets.Import;

/// <summary>What a file says that its times count is what they are read as, or the reason why they are not read.</summary>
public sealed class TimeScaleTests
{
    private const string Utc = "2023-02-25T00:00:00Z";
    private const string Tai = "2023-02-24T23:59:23Z";
    private const string Tt = "2023-02-24T23:58:50.816Z";

    [Theory]
    [InlineData("<TIMESYS timescale='TAI'/>", "", Tai)]
    [InlineData("<TIMESYS ID='t' timescale='TT' timeorigin='MJD-origin' refposition='TOPOCENTER'/>", "ref='t'", Tt)]
    [InlineData("<TIMESYS ID='t' timescale='UTC'/><TIMESYS ID='s' timescale='tai'/>", "ref='s'", Tai)]
    [InlineData("<TIMESYS ID='t' timescale='UTC'/>", "", Utc)]
    [InlineData("<COOSYS ID='c'/>", "ref='c'", Utc)]
    public void A_votable_says_what_its_times_count(string systems, string reference, string expected)
    {
        Assert.Equal(expected, TimeOf(VoTable(systems, reference)));
    }

    [Theory]
    [InlineData("<TIMESYS timescale='GPS'/>", "'GPS'")]
    [InlineData("<TIMESYS timescale='UNKNOWN'/>", "'UNKNOWN'")]
    [InlineData("<TIMESYS ID='t' timescale='UTC'/><TIMESYS ID='s' timescale='TAI'/>", "'UTC or TAI'")]
    [InlineData("<TIMESYS timescale='TCB' timeorigin='2455197.5' refposition='BARYCENTER'/>", "'TCB since 2455197.5 at the BARYCENTER'")]
    public void One_that_is_not_known_is_not_guessed(string systems, string told)
    {
        var text = VoTable(systems, "");

        Assert.Contains($"the file says that its times count in {told}, which is not read here", Reading.Reason(text), StringComparison.Ordinal);
        Assert.Equal(Tai, TimeOf(text, TimeScale.Tai));
    }

    [Theory]
    [InlineData("# meta: {timescale: tai}", Tai)]
    [InlineData("# meta: !!omap\n# - {target: x}\n# - {TIMESYS: TT}", Tt)]
    [InlineData("# meta: !!omap\n# - __serialized_columns__:\n#     mjd:\n#       __class__: astropy.time.core.Time\n#       format: mjd\n#       scale: tai\n#       value: !astropy.table.SerializedColumn {name: mjd}", Tai)]
    [InlineData("# meta: {timescale: utc}", Utc)]
    [InlineData("# meta: {target: x}", Utc)]
    public void An_ecsv_file_says_what_its_times_count(string meta, string expected) => Assert.Equal(expected, TimeOf(Ecsv(meta, "mjd", "60000")));

    [Fact]
    public void What_the_file_says_goes_before_what_was_asked_for_and_is_told()
    {
        var text = Ecsv("# meta: {timescale: tai}", "mjd", "60000");

        Assert.Equal(Tai, TimeOf(text, TimeScale.Tt));
        Assert.Contains("column 'mjd' is mjd, counted in 'tai'", Reading.Read(text).Remarks);
    }

    [Fact]
    public void A_name_that_says_the_scale_goes_before_what_the_file_says_of_all()
    {
        Assert.Equal(Utc, TimeOf(Ecsv("# meta: {timescale: tt}", "mjd_utc", "60000")));
        Assert.Equal(Tai, TimeOf(Ecsv("# meta: {timescale: tt}", "mjd_tai", "60000")));
    }

    [Fact]
    public void A_date_is_not_read_in_another_scale_but_one_with_a_zone_is_what_it_says()
    {
        Assert.Contains("is a date, and the file says that its times count in 'tai'", Reading.Reason(Ecsv("# meta: {timescale: tai}", "time", "2023-02-25T00:00:00")), StringComparison.Ordinal);
        Assert.Equal(Utc, TimeOf(Ecsv("# meta: {timescale: tai}", "time", "2023-02-25T00:00:00Z")));
        Assert.Equal(Utc, TimeOf(Ecsv("# meta: {timescale: tai}", "time", "2023-02-25T01:00:00+01:00")));
        Assert.Equal(Utc, TimeOf(Ecsv("# meta: {timescale: utc}", "time", "2023-02-25T00:00:00")));
    }

    [Theory]
    [InlineData(PhotometryFileFormat.Ecsv, "# meta: {target: 'SN 1', timescale: utc}", "# meta: {target: 'SN 1', timescale: tai}")]
    [InlineData(PhotometryFileFormat.VoTable, "timescale=\"UTC\"", "timescale=\"TAI\"")]
    public void Our_own_files_come_back_by_date_and_by_modified_julian_date(PhotometryFileFormat format, string ours, string another)
    {
        var target = new Target { Id = 7, Name = "SN 1", Aliases = [], CreatedMicroseconds = 0, CreatedBy = "me", Points = 0 };
        var text = System.Text.Encoding.UTF8.GetString(PhotometryFileWriters.Page(format, target, [PointBuilder.Point], 0, 10).Content);
        var byMjd = text.Replace("name: time,", "name: was,", StringComparison.Ordinal).Replace("\ntime,", "\nwas,", StringComparison.Ordinal).Replace("name=\"time\"", "name=\"was\"", StringComparison.Ordinal);
        Assert.Contains(ours, text, StringComparison.Ordinal);

        Assert.Equal(PointBuilder.T0, Reading.Point(text).Time.UtcMicroseconds);
        Assert.Equal(PointBuilder.T0, Reading.Point(byMjd).Time.UtcMicroseconds);
        Assert.Equal(PointBuilder.T0 - 37_000_000, Reading.Point(byMjd.Replace(ours, another, StringComparison.Ordinal)).Time.UtcMicroseconds);
    }

    [Fact]
    public void Times_after_the_last_known_leap_seconds_are_remarked()
    {
        var late = LeapSeconds.KnownUntil.AddDays(1).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + 40587;
        var file = $"mjd,filter,mag\n{late}.5,g,18\n{late - 1}.5,g,18\n60000,g,18\n";

        Assert.DoesNotContain(Reading.Read(file).Remarks, remark => remark.Contains("leap", StringComparison.Ordinal));
        var remark = Assert.Single(Reading.Read(file, defaults: Reading.Defaults with { TimeScale = TimeScale.Tt }).Remarks, remark => remark.Contains("leap", StringComparison.Ordinal));
        Assert.Equal("leap seconds are known until 2026-06-28: 1 later time in TAI, TT, TDB or TCB was read with TAI - UTC = 37 s", remark);
    }

    private static string TimeOf(string text, TimeScale? asked = null) => CanonicalTime.Format(Reading.Point(text, defaults: Reading.Defaults with { TimeScale = asked }).Time.UtcMicroseconds);

    private static string VoTable(string systems, string reference) =>
        $"<?xml version='1.0'?><VOTABLE version='1.4' xmlns='http://www.ivoa.net/xml/VOTable/v1.3'><RESOURCE>{systems}<TABLE><FIELD name='mjd' unit='d' datatype='double' {reference}/>"
        + "<FIELD name='mag' unit='mag' datatype='float'/><FIELD name='filter' datatype='char' arraysize='*'/><DATA><TABLEDATA><TR><TD>60000</TD><TD>18.5</TD><TD>g</TD></TR></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>";

    private static string Ecsv(string meta, string column, string time) =>
        $"# %ECSV 1.0\n# ---\n# datatype:\n# - {{name: {column}, datatype: string}}\n# - {{name: filter, datatype: string}}\n# - {{name: mag, unit: mag, datatype: float64}}\n{meta}\n# schema: astropy-2.0\n{column} filter mag\n{time} g 18.5\n";
}
