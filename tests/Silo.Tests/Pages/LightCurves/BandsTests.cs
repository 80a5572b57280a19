using TomOrleans.Silo.Pages.LightCurves;

namespace TomOrleans.Silo.Tests.Pages.LightCurves;

public sealed class BandsTests
{
    [Theory]
    [InlineData("g", 480)]
    [InlineData("G", 622)]
    [InlineData("ztfr", 622)]
    [InlineData("ZTF_r", 622)]
    [InlineData("ps1::w", 608)]
    [InlineData("bessellv", 541)]
    [InlineData("Bessell-V", 551)]
    [InlineData("SDSS i", 755)]
    [InlineData("g'", 480)]
    [InlineData("rp", 622)]
    [InlineData("atlaso", 679)]
    [InlineData("orange", 679)]
    [InlineData("gaia::g", 480)]
    [InlineData("UVOT/UVW1", 260)]
    [InlineData("lsstcam-y", 971)]
    public void Names_of_many_sources_are_known(string band, double nanometres) => Assert.Equal(nanometres, Bands.WavelengthNanometres(band));

    [Theory]
    [InlineData("clear")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("ztf")]
    [InlineData("6 GHz")]
    [InlineData("'")]
    public void Others_have_no_wavelength(string band) => Assert.Null(Bands.WavelengthNanometres(band));
}
