using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts;

public sealed class HermesSpectraTests
{
    private const string Good = """
        {"target_name": "AT2026abc", "date_obs": "2026-07-01T03:04:05Z", "telescope": "FTN", "instrument": "FLOYDS", "flux": [1e-15, 2.5e-15, "3e-15"], "wavelength": [320.5, 321, 321.5],
         "flux_error": [0, 1e-16, 1e-16], "flux_units": "erg / s / cm² / Å", "setup": "red/blu", "exposure_time": 1800, "observer": "N. N.", "classification": "SN Ia", "comments": "clouds"}
        """;

    [Fact]
    public void A_row_with_numbers_is_a_spectrum_with_all_that_is_said_of_it()
    {
        var reported = Assert.Single(DecodeData($$"""{"spectroscopy": [{{Good}}]}""").Report!.Spectra);

        Assert.Equal("AT2026abc", reported.TargetName);
        var head = reported.Spectrum.Head;
        Assert.Equal(("FTN", "FLOYDS", "red/blu", 1800.0, "N. N."), (head.Telescope, head.Instrument, head.Setup, head.ExposureSeconds, head.Observer));
        Assert.Equal(("nm", "erg / s / cm² / Å", "clouds; classification SN Ia", "hermes-cred"), (head.WavelengthUnit, head.FluxUnit, head.Comments, head.Origin));
        Assert.Equal([320.5, 321, 321.5], reported.Spectrum.Wavelength);
        Assert.Equal([1e-15, 2.5e-15, 3e-15], reported.Spectrum.Flux);
        Assert.Equal([0, 1e-16, 1e-16], reported.Spectrum.FluxError);
        Assert.Equal("hop/hermes.test/3/42", head.Provenance!.Location.ToString());
    }

    [Theory]
    [InlineData("{}", "target_name: is missing")]
    [InlineData("""{"target_name": "A"}""", "date_obs: is missing")]
    [InlineData("""{"target_name": "A", "date_obs": "01/07/2026", "flux": [1], "wavelength": [1]}""", "day/month")]
    [InlineData("""{"target_name": "A", "date_obs": 61222.5}""", "the spectrum has no flux")]
    [InlineData("""{"target_name": "A", "date_obs": 61222.5, "flux": [1, 2], "wavelength": [1]}""", "has 1 wavelengths for 2 fluxes")]
    [InlineData("""{"target_name": "A", "date_obs": 61222.5, "flux": [1], "wavelength": [1], "flux_error": [1, 2]}""", "has 2 errors for 1 fluxes")]
    [InlineData("""{"target_name": "A", "date_obs": 61222.5, "flux": [1], "wavelength": [-1]}""", "wavelength that is not a finite number above 0")]
    [InlineData("""{"target_name": "A", "date_obs": 61222.5, "flux": [NaN], "wavelength": [1]}""", "is not a finite number")]
    [InlineData("""{"target_name": "A", "date_obs": 61222.5, "flux": "1", "wavelength": [1]}""", "flux: is no list")]
    [InlineData("""{"target_name": "A", "date_obs": 61222.5, "flux": [1], "wavelength": [1], "exposure_time": -5}""", "exposure_time: '-5'")]
    [InlineData("7", "is a number, not an object")]
    public void A_bad_row_says_why_and_harms_no_other(string row, string why)
    {
        var report = DecodeData($$"""{"spectroscopy": [{{row}}, {{Good}}], "photometry": [{{GoodRow}}]}""").Report!;

        Assert.Contains(why, Assert.Single(report.Faults).ToString(), StringComparison.Ordinal);
        Assert.StartsWith("data.spectroscopy[0]", report.Faults[0].Path, StringComparison.Ordinal);
        Assert.Single(report.Spectra);
        Assert.Single(report.Points);
    }

    [Fact]
    public void A_row_that_only_names_a_file_holds_nothing_to_store()
    {
        var report = DecodeData("""{"spectroscopy": [{"target_name": "A", "date_obs": "2026-07-01", "file_info": [{"name": "a.fits", "url": "https://example.org/a.fits"}]}]}""").Report!;

        Assert.Empty(report.Spectra);
        Assert.Empty(report.Faults);
    }

    [Fact]
    public void Without_an_authenticated_sender_the_submitter_is_the_origin_of_spectra_too()
    {
        var alert = Decode($$"""{"title": "t", "submitter": "peer", "data": {"spectroscopy": [{{Good}}]} }""");

        Assert.Equal("peer", Assert.Single(alert.Report!.Spectra).Spectrum.Head.Origin);
    }
}
