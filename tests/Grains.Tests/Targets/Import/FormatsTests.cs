using System.Text;
using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Targets.Import;
using TomOrleans.Grains.Targets.Import.Tables;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets.Import;

public sealed class FormatsTests
{
    [Fact]
    public void The_toolkits_uploads_hold_detections_limits_and_sources()
    {
        var read = Reading.Read("time,filter,magnitude,error,limit,source\n58000.25,r,15.582,0.005,,ZTF\n58000.25,B,,,18.0,DLT40\n");

        Assert.Equal("toolkit", read.Format);
        var (detection, limit) = (read.Rows[0].Point!, read.Rows[1].Point!);
        Assert.Equal((15.582, 0.005, BrightnessUnit.Magnitude, "ZTF", "r"), (detection.Brightness, detection.BrightnessError, detection.BrightnessUnit, detection.Origin, detection.Bandpass));
        Assert.Equal((null, 18.0, "DLT40"), (limit.Brightness, limit.LimitingBrightness, limit.Origin));
        Assert.Equal("2017-09-04T06:00:00Z", CanonicalTime.Format(detection.Time.UtcMicroseconds));
        Assert.Equal([2, 3], read.Rows.Select(row => row.Line));
    }

    [Fact]
    public void A_toolkit_3s_download_holds_brightness_and_limit_of_a_row()
    {
        var read = Reading.Read("""
            # Updated data for SN 2026abc
            timestamp,telescope,instrument,bandpass,brightness,brightness_error,limit,unit,source_name
            2026-01-01T06:00:00Z,1m0a,fa16,r,18.5,0.02,,AB mag,LCO
            2026-01-02 06:00:00+00:00,1m0a,fa16,r,18.6,0.03,20.5,AB mag,LCO
            2026-01-03T06:00:00Z,,,r,,,20.1,AB mag,LCO
            2026-01-04T06:00:00Z,,,r,18.7,,,,
            2026-01-05T06:00:00Z,,,r,120,4,,uJy,
            """);

        Assert.Equal("toolkit", read.Format);
        Assert.All(read.Rows, row => Assert.Null(row.Reason));
        var points = read.Rows.Select(row => row.Point!).ToList();
        Assert.Equal((18.5, 0.02, BrightnessUnit.AbMagnitude, "LCO", "1m0a", "fa16", "r"), (points[0].Brightness, points[0].BrightnessError, points[0].BrightnessUnit, points[0].Origin, points[0].Telescope, points[0].Instrument, points[0].Bandpass));
        Assert.Equal((18.6, 20.5, BrightnessUnit.AbMagnitude), (points[1].Brightness, points[1].LimitingBrightness, points[1].LimitingBrightnessUnit));
        Assert.Equal((null, 20.1), (points[2].Brightness, points[2].LimitingBrightness));
        Assert.Equal((18.7, BrightnessUnit.Magnitude), (points[3].Brightness, points[3].BrightnessUnit));
        Assert.Equal((120, 4, BrightnessUnit.Microjansky), (points[4].Brightness, points[4].BrightnessError, points[4].BrightnessUnit));
    }

    [Fact]
    public void SkyPortals_magnitudes_have_a_system_and_99_is_no_limit()
    {
        var read = Reading.Read("mjd,filter,mag,magerr,limiting_mag,magsys\n57605.8874,ztfr,20.52,0.12,21.23,ab\n57606.8,ztfr,20.7,0.2,99.00,vega\n57607,ztfg,,,20.9,ab\n");

        Assert.Equal("skyportal", read.Format);
        Assert.Equal((20.52, 21.23, BrightnessUnit.AbMagnitude), (read.Rows[0].Point!.Brightness, read.Rows[0].Point!.LimitingBrightness, read.Rows[0].Point!.LimitingBrightnessUnit));
        Assert.Equal((BrightnessUnit.VegaMagnitude, null), (read.Rows[1].Point!.BrightnessUnit, read.Rows[1].Point!.LimitingBrightness));
        Assert.Equal((null, 20.9), (read.Rows[2].Point!.Brightness, read.Rows[2].Point!.LimitingBrightness));
    }

    [Fact]
    public void SkyPortals_fluxes_are_in_units_of_their_zero_point_and_an_error_alone_is_a_limit()
    {
        var read = Reading.Read("filter,mjd,flux,zp,magsys,fluxerr\nztfg,58000,319.15,23.9,ab,11.75\nztfg,58001,1000,25.0,ab,10\nztfg,58002,,23.9,ab,7.5\nztfg,58003,5,25,vega,1\n");

        Assert.Equal((319.15, 11.75, BrightnessUnit.Microjansky), (read.Rows[0].Point!.Brightness, read.Rows[0].Point!.BrightnessError, read.Rows[0].Point!.BrightnessUnit));
        Assert.Equal(363.078, read.Rows[1].Point!.Brightness!.Value, 3);
        Assert.Equal((null, 7.5, 1.0), (read.Rows[2].Point!.Brightness, read.Rows[2].Point!.LimitingBrightness, read.Rows[2].Point!.LimitSigma));
        Assert.Contains("depends on the filter", read.Rows[3].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Atlas_measures_fluxes_negative_ones_too()
    {
        var read = Reading.Read("""
            ###MJD          m      dm   uJy   duJy F err chi/N     RA       Dec        x        y     maj  min   phi  apfit mag5sig Sky   Obs
            59602.515744  22.839  7.077     3   19 o  0   1.19 190.74695  48.37041  1158.26  2004.41 2.93 2.76 -47.3 -0.525 18.99 20.10 01a59602o0697o
            59602.547125 -21.598  2.196    -8   18 c  0   1.20 190.74695  48.37041  1206.25  2041.92 2.70 2.68  24.4 -0.524 19.04 20.17 01a59602o0764o
            """);

        Assert.Equal("atlas", read.Format);
        var (first, second) = (read.Rows[0].Point!, read.Rows[1].Point!);
        Assert.Equal((3, 19, BrightnessUnit.Microjansky, "o"), (first.Brightness, first.BrightnessError, first.BrightnessUnit, first.Bandpass));
        Assert.Equal((18.99, BrightnessUnit.AbMagnitude, 5, "01a59602o0697o", "ATLAS"), (first.LimitingBrightness, first.LimitingBrightnessUnit, first.LimitSigma, first.MeasurementId, first.Origin));
        Assert.Equal(-8, second.Brightness);
    }

    [Fact]
    public void Ztf_forced_photometry_is_read_below_its_head_and_rows_without_flux_say_so()
    {
        var read = Reading.Read("""
            # Requested input R.A. = 1.0 degrees
            # Lightcurve:
            index, field, ccdid, qid, filter, pid, exptime, diffmaglim, zpdiff, programid, jd, forcediffimflux, forcediffimfluxunc, procstatus
             0 600 1 2 ZTF_g 1001 30.0 20.5 26.2 1 2459000.75 150.5 10.25 0
             1 600 1 2 ZTF_r 1002 30.0 20.1 26.1 1 2459001.75 null null 56
             2 600 1 2 ZTF_r 1003 30.0 null 26.1 1 2459002.75 null null 61
            """);

        Assert.Equal("ztf", read.Format);
        var point = read.Rows[0].Point!;
        Assert.Equal(150.5 * Math.Pow(10, 0.4 * (23.9 - 26.2)), point.Brightness!.Value, 9);
        Assert.Equal(("ZTF_g", "ZTF", "P48", "1001", 30.0, 20.5, 5.0), (point.Bandpass, point.Origin, point.Telescope, point.MeasurementId, point.ExposureSeconds, point.LimitingBrightness, point.LimitSigma));
        Assert.Equal((null, 20.1), (read.Rows[1].Point!.Brightness, read.Rows[1].Point!.LimitingBrightness));
        Assert.True(read.Rows[2].IsEmpty);
        Assert.Equal([4, 5, 6], read.Rows.Select(row => row.Line));
    }

    [Fact]
    public void Ipac_tables_are_read_by_their_bars()
    {
        var read = Reading.Read("""
            \fixlen = T
            | index | filter | jd         | forcediffimflux | forcediffimfluxunc | zpdiff | diffmaglim |
            | int   | char   | double     | double          | double             | double | double     |
            |       |        | days       | DN              | DN                 | mag    | mag        |
            | null  | null   | null       | null            | null               | null   | null       |
              0       ZTF_g    2459000.75   -3.5              10.25                23.9     20.5
            """);

        var point = Assert.Single(read.Rows).Point!;
        Assert.Equal((-3.5, 10.25, "ZTF_g", 20.5), (point.Brightness, point.BrightnessError, point.Bandpass, point.LimitingBrightness));
    }

    [Fact]
    public void AsasSns_times_are_those_of_earth_and_99_is_a_limit()
    {
        var first = Reading.Read("HJD,UT Date,Camera,FWHM,Limit,mag,mag_err,flux(mJy),flux_err,Filter\n2458000.75,2017-09-04.2471250,bd,1.5,17.0,14.5,0.02,6.0,0.1,V\n2458001.75,2017-09-05.25,bd,1.5,17.1,99.990,99.990,0.1,0.2,g\n");
        var second = Reading.Read("asas_sn_id,jd,flux,flux_err,mag,mag_err,limit,fwhm,image_id,camera,quality,phot_filter\n17,2458000.75,6.0,0.1,14.5,0.02,17.0,1.5,coadd_1,bd,G,g\n");

        Assert.Equal(("asassn", "asassn"), (first.Format, second.Format));
        var point = first.Rows[0].Point!;
        Assert.Equal(("2017-09-04T05:55:51.6Z", 14.5, BrightnessUnit.VegaMagnitude, "bd"), (CanonicalTime.Format(point.Time.UtcMicroseconds), point.Brightness, point.BrightnessUnit, point.Instrument));
        var faint = first.Rows[1].Point!;
        Assert.Equal((0.1, BrightnessUnit.Millijansky, 17.1, BrightnessUnit.AbMagnitude), (faint.Brightness, faint.BrightnessUnit, faint.LimitingBrightness, faint.LimitingBrightnessUnit));
        Assert.Equal((14.5, BrightnessUnit.AbMagnitude, "coadd_1"), (second.Rows[0].Point!.Brightness, second.Rows[0].Point!.BrightnessUnit, second.Rows[0].Point!.MeasurementId));
    }

    [Fact]
    public void A_heliocentric_time_is_not_taken_for_one_on_earth() =>
        Assert.Contains("heliocentric", Reading.Reason("HJD,mag,mag_err,filter\n2458000.75,14.5,0.02,V\n", "table"), StringComparison.Ordinal);

    [Fact]
    public void Gaias_alerts_begin_with_a_name_and_have_untrusted_rows()
    {
        var read = Reading.Read("Gaia23dau\n#Date,JD(TCB),averagemag\n2014-09-10 20:16:56,2456911.34509,untrusted\n2015-03-25 11:55:09,2457106.99663,17.38\n\n");

        Assert.Equal("gaia", read.Format);
        Assert.True(read.Rows[0].IsEmpty);
        var point = read.Rows[1].Point!;
        Assert.Equal((17.38, "G", "Gaia", TimeForm.JulianDateTcb), (point.Brightness, point.Bandpass, point.Origin, point.Time.Form));

        // TCB is 18.7 s ahead of TDB then, TDB 67.2 s of UTC.
        Assert.StartsWith("2015-03-25T11:53:4", CanonicalTime.Format(point.Time.UtcMicroseconds), StringComparison.Ordinal);
    }

    [Fact]
    public void Nmmas_infinite_errors_are_limits()
    {
        var read = Reading.Read("2020-09-01T07:40:03.003 ztfi 20.193 inf\n2020-09-02T09:44:58.004 ztfr 19.83 0.12\n");

        Assert.Equal("nmma", read.Format);
        Assert.Equal((null, 20.193, BrightnessUnit.AbMagnitude), (read.Rows[0].Point!.Brightness, read.Rows[0].Point!.LimitingBrightness, read.Rows[0].Point!.LimitingBrightnessUnit));
        Assert.Equal((19.83, 0.12), (read.Rows[1].Point!.Brightness, read.Rows[1].Point!.BrightnessError));
    }

    [Fact]
    public void Columns_between_dashes_may_hold_blanks_and_a_flag_makes_a_limit()
    {
        var read = Reading.Read("       MJD   mag dmag filter      source nondet\n---------- ----- ---- ------ ----------- ------\n   57468.7 17.53 0.16      g Las Cumbres  False\n   57469.7 18.10 0.00      g Las Cumbres   True\n");

        Assert.Equal((17.53, "Las Cumbres"), (read.Rows[0].Point!.Brightness, read.Rows[0].Point!.Origin));
        Assert.Equal((null, 18.1), (read.Rows[1].Point!.Brightness, read.Rows[1].Point!.LimitingBrightness));
    }

    [Fact]
    public void Sncosmos_facts_above_the_names_are_passed_over()
    {
        var read = Reading.Read("@x1 0.5\n@t0 55100.0\ntime band flux fluxerr zp zpsys\n55147.95 sdssi 2.12 0.67 25.0 ab\n");

        Assert.Equal("sncosmo", read.Format);
        Assert.Equal(("sdssi", BrightnessUnit.Microjansky), (read.Rows[0].Point!.Bandpass, read.Rows[0].Point!.BrightnessUnit));
    }

    [Fact]
    public void Ecsv_tells_units_in_its_head()
    {
        var read = Reading.Read("""
            # %ECSV 1.0
            # ---
            # datatype:
            # - {name: mjd, unit: d, datatype: float64}
            # - {name: band, datatype: string}
            # - {name: flux, unit: nJy, datatype: float64}
            # - {name: comment, datatype: string}
            # meta: !!omap
            # - {target: x}
            # schema: astropy-2.0
            mjd band flux comment
            60000.5 g 12.5 "two words"
            60001.5 "r p" -1.5 ""
            """);

        Assert.Equal("ecsv", read.Format);
        Assert.Equal((12.5, BrightnessUnit.Nanojansky, "two words"), (read.Rows[0].Point!.Brightness, read.Rows[0].Point!.BrightnessUnit, read.Rows[0].Point!.Comments));
        Assert.Equal(("r p", -1.5, null), (read.Rows[1].Point!.Bandpass, read.Rows[1].Point!.Brightness, read.Rows[1].Point!.Comments));
    }

    [Fact]
    public void VoTables_are_read_where_their_values_are_text()
    {
        const string Head = "<?xml version='1.0'?><VOTABLE version='1.3' xmlns='http://www.ivoa.net/xml/VOTable/v1.3'><RESOURCE><TABLE><FIELD name='mjd' unit='d' datatype='double'/><FIELD name='mag' unit='mag' datatype='float'/><FIELD name='filter' datatype='char' arraysize='*'/><DATA>";
        const string Foot = "</DATA></TABLE></RESOURCE></VOTABLE>";

        var read = Reading.Read($"{Head}<TABLEDATA><TR><TD>60000.5</TD><TD>18.5</TD><TD>g</TD></TR><TR><TD>60001.5</TD><TD/><TD>r</TD></TR></TABLEDATA>{Foot}");

        Assert.Equal("votable", read.Format);
        Assert.Equal((18.5, "g"), (read.Rows[0].Point!.Brightness, read.Rows[0].Point!.Bandpass));
        Assert.Contains("neither magnitude", read.Rows[1].Reason, StringComparison.Ordinal);
        Assert.Contains("TABLEDATA", Assert.Throws<UnreadableFileException>(() => Reading.Read($"{Head}<BINARY2><STREAM/></BINARY2>{Foot}")).Message, StringComparison.Ordinal);
        Assert.Contains("well-formed", Assert.Throws<UnreadableFileException>(() => Reading.Read($"{Head}<TABLEDATA><TR>")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_outside_the_file_is_fetched_for_a_votable()
    {
        var text = "<?xml version='1.0'?><!DOCTYPE VOTABLE [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><VOTABLE><RESOURCE><TABLE><FIELD name='mjd'/><FIELD name='mag'/><FIELD name='filter'/><DATA><TABLEDATA><TR><TD>60000.5</TD><TD>18</TD><TD>&x;</TD></TR></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>";

        Assert.Throws<UnreadableFileException>(() => Reading.Read(text));
    }

    [Theory]
    [InlineData("lsst", "midpointMjdTai,band,psfFlux,psfFluxErr\n60000,g,120.5,3.5\n")]
    public void Lsst_names_are_atomic_time_and_nanojansky(string telescope, string text)
    {
        var point = Reading.Point(text, defaults: Reading.Defaults with { Telescope = telescope });

        Assert.Equal(("2023-02-24T23:59:23Z", 120.5, BrightnessUnit.Nanojansky, "lsst"), (CanonicalTime.Format(point.Time.UtcMicroseconds), point.Brightness, point.BrightnessUnit, point.Telescope));
    }

    [Fact]
    public void Columns_can_be_named_by_hand()
    {
        var defaults = Reading.Defaults with
        {
            Columns = new Dictionary<string, ImportField> { ["when"] = ImportField.Time, ["2"] = ImportField.Magnitude, ["C"] = ImportField.Band },
            Unit = BrightnessUnit.AbMagnitude,
        };

        var point = Reading.Point("when;b;c\n60000.5;18.5;g\n", defaults: defaults);

        Assert.Equal((18.5, "g", BrightnessUnit.AbMagnitude), (point.Brightness, point.Bandpass, point.BrightnessUnit));
        Assert.Contains("has no column 'x'", Assert.Throws<UnreadableFileException>(() => Reading.Read("when;b;c\n1;2;3\n", defaults: defaults with
        {
            Columns = new Dictionary<string, ImportField> { ["x"] = ImportField.Time },
        })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b\n1 2\n", "in no format that is recognised")]
    [InlineData("", "is empty")]
    [InlineData("time,filter,magnitude\n", "has no rows")]
    [InlineData("# only a comment\n", "in no format")]
    public void A_file_that_is_none_says_why(string text, string why) =>
        Assert.Contains(why, Assert.Throws<UnreadableFileException>(() => Reading.Read(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 }, "compressed")]
    [InlineData(new byte[] { (byte)'a', 0xE9, (byte)'b' }, "not UTF-8 text (byte 1)")]
    [InlineData(new byte[] { (byte)'a', 0, (byte)'b' }, "binary")]
    public void Bytes_that_are_no_text_are_refused(byte[] bytes, string why) =>
        Assert.Contains(why, Assert.Throws<UnreadableFileException>(() => PhotometryFileReader.Read(bytes, null, Reading.Defaults)).Message, StringComparison.Ordinal);

    [Fact]
    public void Byte_order_marks_and_foreign_line_ends_do_not_count()
    {
        const string Text = "time,filter,magnitude\r\n58000,r,15\r\n58001,r,16\r";

        foreach (var encoding in (Encoding[])[new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            var read = PhotometryFileReader.Read([.. encoding.Preamble, .. encoding.GetBytes(Text)], null, Reading.Defaults);
            Assert.Equal([15.0, 16.0], read.Rows.Select(row => row.Point!.Brightness!.Value));
        }
    }
}
