using System.Text;
using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Sharing.Hermes;
using TomOrleans.HermesRules;
using TomOrleans.HermesRules.PythonJson;
using TomOrleans.Grains.Tests.Alerts;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Sharing.Hermes;

public sealed class HermesSpectrumTests
{
    private static readonly Guid Key = Guid.Parse("0f0e0d0c-1111-4222-8333-444455556666");

    [Fact]
    public void Plain_spectrum_gives_exactly_this_row_and_its_identity_travels()
    {
        var part = Assert.Single(HermesMessage.Build(Content(A.Spectrum), () => Key).Parts);

        Assert.Equal(
            """
            {"title":"Updated data for AT2026abc from A TOM.","topic":"hermes.test","submitter":"A TOM","authors":"A. Body","message_text":"","data":{
            "targets":[{"name":"AT2026abc","ra":33.2,"dec":-42.25}],"photometry":[],
            "spectroscopy":[{"target_name":"AT2026abc","date_obs":"2026-07-01T03:04:05.678901Z","telescope":"FTN","instrument":"FLOYDS","setup":"red/blu","reducer":"R. Duce",
            "flux_units":"erg / s / cm\u00B2 / \u212B","wavelength_units":"\u212B","exposure_time":1800,"flux":[1.5E-15,2E-15],"wavelength":[3205.5,3207],"flux_error":[1E-16,2E-16]}],
            "extra_data":{"tom_orleans":{"submission":"0f0e0d0c-1111-4222-8333-444455556666","points":[],"spectra":["0000000000000065:ffffffffffffff9b"],"origin":"peer"}}}}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(part.Body));
        Assert.Empty(part.Points);
        Assert.Equal(101, Assert.Single(part.Spectra).Identity);
    }

    [Theory]
    [InlineData("Angstrom", "\u212B")]
    [InlineData("\u00C5", "\u212B")]
    [InlineData("nm", "nm")]
    [InlineData("micron", "\u00B5m")]
    [InlineData("\u03BCm", "\u00B5m")]
    [InlineData("Hertz", "Hz")]
    [InlineData("THz", "THz")]
    public void Wavelengths_go_out_in_Hermes_words(string stored, string sent) =>
        Assert.Equal(sent, Row(A.Spectrum with { Head = A.Spectrum.Head with { WavelengthUnit = stored } }).GetProperty("wavelength_units").GetString());

    [Theory]
    [InlineData("mJy", 1.5, "Fnu")]
    [InlineData("Jy", 1500, "Fnu")]
    [InlineData("erg/s/cm^2/A", 1.5, null)]
    public void Fluxes_go_out_in_a_unit_that_Hermes_knows_with_the_type_that_goes_with_it(string unit, double sent, string? type)
    {
        var row = Row(A.Spectrum with { Head = A.Spectrum.Head with { FluxUnit = unit }, Flux = [1.5, 2], FluxError = [] });

        Assert.Equal(sent, row.GetProperty("flux")[0].GetDouble());
        Assert.Equal(type, row.TryGetProperty("flux_type", out var stated) ? stated.GetString() : null);
        Assert.False(row.TryGetProperty("flux_error", out _));
    }

    [Theory]
    [InlineData(null, "nm", "flux whose unit is not stated")]
    [InlineData("AB mag", "nm", "flux in 'AB mag'")]
    [InlineData("counts", "nm", "flux in 'counts'")]
    [InlineData("mJy", null, "wavelength whose unit is not stated")]
    [InlineData("mJy", "furlong", "wavelength in 'furlong'")]
    public void What_Hermes_would_call_something_else_is_left_out_with_the_reason(string? flux, string? wavelength, string reason) =>
        Assert.Contains(reason, LeftOut(A.Spectrum with { Head = A.Spectrum.Head with { FluxUnit = flux, WavelengthUnit = wavelength } }), StringComparison.Ordinal);

    [Fact]
    public void Spectrum_that_fills_more_than_half_a_message_is_left_out_and_its_neighbours_go()
    {
        var numbers = Enumerable.Range(1, 20_000).Select(i => i / 7.0).ToArray();
        var plan = HermesMessage.Build(Content(A.Spectrum with { Wavelength = [.. numbers], Flux = [.. numbers], FluxError = [] }, A.Spectrum), Guid.NewGuid);

        Assert.Equal(1, plan.SpectrumCount);
        Assert.StartsWith("1 spectrum: 20000 wavelengths, which take ", Assert.Single(ShareSelection.Describe(plan.LeftOut)), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_spectra_are_split_and_each_message_is_no_larger_than_foreseen_and_valid_for_Hermes()
    {
        var numbers = Enumerable.Range(1, 3_000).Select(i => i / 7.0).ToArray();
        var spectra = Enumerable.Range(0, 12).Select(i => A.Spectrum with
        {
            Head = A.Spectrum.Head with { Time = new(A.Time + i), Origin = $"origin {i % 3}", Comments = "\u212B \u03BB" },
            Wavelength = [.. numbers],
            Flux = [.. numbers],
            FluxError = [.. numbers],
        }).ToArray();

        var plan = HermesMessage.Build(Content(spectra) with { Points = A.Content(A.Point, A.Limit).Points }, Guid.NewGuid);

        Assert.InRange(plan.Parts.Length, 2, 4);
        Assert.Equal((2, 12), (plan.PointCount, plan.SpectrumCount));
        Assert.All(plan.Parts, part =>
        {
            var published = PublishedSize(part.Body);
            Assert.InRange(published, 300_000, HermesMessage.LargestPublished);
        });
    }

    [Fact]
    public void What_we_send_is_read_by_us_as_it_was()
    {
        var peer = A.Spectrum with { Head = A.Spectrum.Head with { Origin = "another" } };
        var part = Assert.Single(HermesMessage.Build(Content(A.Spectrum, peer) with { Points = A.Content(A.Point).Points }, () => Key).Parts);

        var report = Decode(part.Body);

        Assert.Equal(["peer", "another"], report.Spectra.Select(spectrum => spectrum.Spectrum.Head.Origin));
        var read = report.Spectra[0].Spectrum;
        Assert.Equal(A.Spectrum.Flux, read.Flux);
        Assert.Equal(A.Spectrum.Wavelength, read.Wavelength);
        Assert.Equal(A.Spectrum.FluxError, read.FluxError);
        Assert.Equal((A.Time, "FTN", "FLOYDS", "red/blu", 1800.0, "R. Duce", true, null), (read.Head.Time.UtcMicroseconds, read.Head.Telescope, read.Head.Instrument, read.Head.Setup,
            read.Head.ExposureSeconds!.Value, read.Head.Reducer, read.Head.IsSecondHand, read.Head.Comments));
    }

    private static ShareContent Content(params Spectrum[] spectra) => A.Content() with { Spectra = [.. spectra.Select((spectrum, i) => new SharedSpectrum(new(7, 101 + i, -101 - i), spectrum))] };

    private static JsonElement Row(Spectrum spectrum)
    {
        var body = Assert.Single(HermesMessage.Build(Content(spectrum), () => Key).Parts).Body;
        Published(body);
        return JsonDocument.Parse(body).RootElement.GetProperty("data").GetProperty("spectroscopy")[0];
    }

    private static string LeftOut(Spectrum spectrum)
    {
        var left = Assert.Single(HermesMessage.Build(Content(spectrum), () => Key).LeftOut);
        Assert.True(left.IsSpectrum);
        return left.Reason;
    }

    /// <summary>What Hermes would publish: our own check lets it pass as Hermes' does.</summary>
    private static WireObject Published(byte[] body) => Assert.IsType<HermesVerdict.Valid>(new HermesCheck(testTopicsOnly: false).Check(body)).Message;

    private static int PublishedSize(byte[] body) => WireWriter.ToTopic(Published(body)).Length;

    private static PhotometryReport Decode(byte[] body) => MessageBuilder.Decode(WireWriter.ToTopic(Published(body))).Report!;
}
