using System.Text;
using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Targets.Import.Tables;
using TomOrleans.Grains.Targets.Spectra;
using TomOrleans.Targets;
using TomOrleans.Testing;

namespace TomOrleans.Grains.Tests.Targets.Spectra;

public sealed class SpectrumFileReaderTests
{
    private static readonly PointProvenance Provenance = new(new("import", "a.txt", 0, 0), null, "me", 1);

    [Fact]
    public void The_toolkits_spectra_tell_their_facts_in_comments()
    {
        var spectrum = Read("# FACILITY: LCO\n# DATE-OBS: 2019-09-05\nwavelength flux\n3.25e+03 1.17e-14\n3.26e+03 1.15e-14\n");

        Assert.Equal(("LCO", "2019-09-05T00:00:00Z", "A TOM", null), (spectrum.Head.Telescope, CanonicalTime.Format(spectrum.Head.Time.UtcMicroseconds), spectrum.Head.Origin, spectrum.Head.FluxUnit));
        Assert.Equal([3250, 3260], spectrum.Wavelength);
        Assert.Equal([1.17e-14, 1.15e-14], spectrum.Flux);
        Assert.Empty(spectrum.FluxError);
    }

    [Theory]
    [InlineData("4000 1 0.1\n4001 2 0.2\n")]
    [InlineData("4000,1,0.1\r\n4001,2,0.2\r\n")]
    [InlineData("error,flux,wave\n0.1,1,4000\n0.2,2,4001\n")]
    [InlineData("# %ECSV 1.0\n# ---\n# datatype:\n# - {name: wavelength, unit: Angstrom, datatype: float64}\n# - {name: flux, datatype: float64}\n# - {name: error, datatype: float64}\nwavelength flux error\n4000 1 0.1\n4001 2 0.2\n")]
    public void Columns_are_read_by_name_or_by_place(string text)
    {
        var spectrum = Read(text, file => file with { Time = "60000.5", Telescope = "FTN", WavelengthUnit = "Angstrom" });

        Assert.Equal([4000, 4001], spectrum.Wavelength);
        Assert.Equal([1, 2], spectrum.Flux);
        Assert.Equal([0.1, 0.2], spectrum.FluxError);
        Assert.Equal(("FTN", "Angstrom"), (spectrum.Head.Telescope, spectrum.Head.WavelengthUnit));
    }

    [Theory]
    [InlineData("4000 1\n", null, "does not say when")]
    [InlineData("4000 1\n", "yesterday", "a time that cannot be read")]
    [InlineData("4000 x\n", "60000", "a flux on line 1 that is no finite number: 'x'")]
    [InlineData("4000 nan\n", "60000", "no finite number")]
    [InlineData("4000 1\n4001\n", "60000", "a line 2 of 1 values where 2 were expected")]
    [InlineData("-1 1\n", "60000", "wavelength that is not a finite number above 0")]
    [InlineData("a b\n1 2\n", "60000", "no columns that are called wavelength and flux")]
    [InlineData("# nothing\n", "60000", "has no rows")]
    public void What_cannot_be_read_for_certain_is_refused(string text, string? time, string why) =>
        Assert.Contains(why, Assert.Throws<UnreadableFileException>(() => Read(text, file => file with { Time = time })).Message, StringComparison.Ordinal);

    [Fact]
    public void The_sample_of_the_toolkit_is_read_whole()
    {
        var file = SharedData.Find("photometry/tom_base_spectrum_sample.csv");
        Assert.SkipUnless(file.Path is not null, file.Reason ?? "");

        var spectrum = SpectrumFileReader.Read(new() { Name = "sample", Content = File.ReadAllBytes(file.Path) }, "A TOM", Provenance);

        Assert.Equal(4, spectrum.Flux.Length);
    }

    [Fact]
    public void The_same_numbers_are_the_same_content_and_another_time_is_another_spectrum()
    {
        var (one, again) = (Read("4000 1\n", file => file with { Time = "60000.5" }), Read("4000,1\n", file => file with { Time = "2023-02-25T12:00:00Z" }));
        var later = Read("4000 1\n", file => file with { Time = "60000.6" });

        Assert.Equal((SpectrumIdentity.Identity(one.Head), SpectrumIdentity.Content(one)), (SpectrumIdentity.Identity(again.Head), SpectrumIdentity.Content(again)));
        Assert.NotEqual(SpectrumIdentity.Identity(one.Head), SpectrumIdentity.Identity(later.Head));
        Assert.Equal(SpectrumIdentity.Content(one), SpectrumIdentity.Content(later));
    }

    private static Spectrum Read(string text, Func<SpectrumFile, SpectrumFile>? change = null)
    {
        var file = new SpectrumFile { Name = "a.txt", Content = Encoding.UTF8.GetBytes(text) };
        return SpectrumFileReader.Read(change?.Invoke(file) ?? file, "A TOM", Provenance);
    }
}
