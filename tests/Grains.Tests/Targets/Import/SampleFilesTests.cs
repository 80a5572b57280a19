using TomOrleans.Grains.Targets.Import;
using TomOrleans.Testing;

namespace TomOrleans.Grains.Tests.Targets.Import;

/// <summary>Files as people have them, with what an import makes of each.</summary>
public sealed class SampleFilesTests
{
    [Theory]
    [InlineData("fink-science_536106200014286.csv", "table", 247, 0, 0)]
    [InlineData("kne-cand-vetting_sample_atlas_data.txt", "atlas", 404, 0, 0)]
    [InlineData("lightcurve_fitting_SN2016bkv.txt", "table", 758, 0, 0)]
    [InlineData("mop_Gaia23dau.csv", "gaia", 109, 19, 0)]
    [InlineData("mop_sample_photometry.csv", "toolkit", 48, 0, 0)]
    [InlineData("nmma_GRB211211A.txt", "nmma", 111, 0, 0)]
    [InlineData("nmma_ZTF20abwysqy.dat", "nmma", 29, 0, 0)]
    [InlineData("nmma_ZTF21abdpqpq.dat", "nmma", 40, 0, 0)]
    [InlineData("skyportal_14gqr_phot.csv", "skyportal", 366, 0, 0)]
    [InlineData("skyportal_16fil_phot.csv", "skyportal", 59, 0, 0)]
    [InlineData("skyportal_AT2017gfo_optical.csv", "skyportal", 107, 0, 0)]
    [InlineData("skyportal_AT2017gfo_xray.csv", "skyportal", 8, 0, 0)]
    [InlineData("skyportal_ZTF26abmjjnm_phot.csv", "skyportal", 4, 0, 0)]
    [InlineData("skyportal_ZTFinGCN_phot.csv", "skyportal", 3, 0, 0)]
    [InlineData("skyportal_ZTFrlh6cyjh_ATLAS.csv", "skyportal", 384, 0, 0)]
    [InlineData("sncosmo_example_photometric_data.dat", "sncosmo", 40, 0, 0)]
    [InlineData("tom_base_photometry_sample.csv", "toolkit", 4, 0, 0)]
    [InlineData("tom_base_test_lightcurve.csv", "toolkit", 3, 0, 0)]
    public void Every_row_is_accounted_for(string file, string format, int points, int empty, int refused)
    {
        var path = SharedData.Find($"photometry/{file}");
        Assert.SkipUnless(path.Path is not null, path.Reason ?? "");

        // Fink's has neither band nor source.
        var read = PhotometryFileReader.Read(File.ReadAllBytes(path.Path), null, Reading.Defaults with { Band = file.StartsWith("fink", StringComparison.Ordinal) ? "r" : null });

        Assert.Equal(format, read.Format);
        Assert.Equal((points, empty, refused), (read.Rows.Count(row => row.Point is not null), read.Rows.Count(row => row.IsEmpty), read.Rows.Count(row => row.Point is null && !row.IsEmpty)));
        Assert.All(read.Rows.Where(row => row.Point is not null), row => Assert.True(row.Point!.Brightness is not null || row.Point.LimitingBrightness is not null));
    }

    [Fact]
    public void Without_a_band_none_is_made_up()
    {
        var path = SharedData.Find("photometry/fink-science_536106200014286.csv");
        Assert.SkipUnless(path.Path is not null, path.Reason ?? "");

        Assert.All(PhotometryFileReader.Read(File.ReadAllBytes(path.Path), null, Reading.Defaults).Rows, row => Assert.Contains("no band is given", row.Reason, StringComparison.Ordinal));
    }
}
