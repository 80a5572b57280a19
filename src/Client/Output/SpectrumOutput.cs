using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TomOrleans.Targets;

namespace TomOrleans.Client.Output;

/// <summary>Spectra as tables, JSON and CSV.</summary>
internal static class SpectrumOutput
{
    public static object Document(Target target, ImmutableArray<SpectrumHead> spectra) => new
    {
        Target = target.Name,
        Id = target.Id.ToString(CultureInfo.InvariantCulture),
        Total = spectra.Length,
        Spectra = spectra.Select(Head),
    };

    public static object Document(Spectrum spectrum) => new { Spectrum = Head(spectrum.Head), spectrum.Wavelength, spectrum.Flux, spectrum.FluxError };

    public static object Head(SpectrumHead head) => new
    {
        Id = head.Id.ToString(CultureInfo.InvariantCulture),
        Time = TimeText.Exact(head.Time.UtcMicroseconds),
        head.Length,
        head.FirstWavelength,
        head.LastWavelength,
        head.WavelengthUnit,
        head.FluxUnit,
        head.Telescope,
        head.Instrument,
        head.Setup,
        head.ExposureSeconds,
        head.Origin,
        head.Observer,
        head.Reducer,
        head.Comments,
        head.OtherRevisions,
        head.IsRetracted,
        Message = head.Provenance?.Location.ToString(),
    };

    public static void Show(Report report, Target target, ImmutableArray<SpectrumHead> spectra)
    {
        if (spectra.IsEmpty)
        {
            report.Line(SafeText.Line($"{target.Name} has no spectra yet."));
            return;
        }

        var table = new TextTable("#ID", "=Time (UTC)", "#Pixels", "Wavelengths", "Flux", "Telescope", "Instrument", "Origin", "");
        foreach (var head in spectra)
        {
            table.Row(
                head.Id.ToString(CultureInfo.InvariantCulture),
                TimeText.Short(head.Time.UtcMicroseconds),
                head.Length,
                Range(head),
                head.FluxUnit ?? "unit not stated",
                head.Telescope,
                head.Instrument,
                head.Origin,
                string.Join(", ", new[] { head.IsRetracted ? "retracted" : "", head.OtherRevisions > 0 ? "revised" : "" }.Where(word => word.Length > 0)));
        }

        table.Show(report);
        report.Line(SafeText.Line($"{spectra.Length:N0} spectr{(spectra.Length == 1 ? "um" : "a")} of {target.Name}"));
    }

    public static void Show(Report report, Spectrum spectrum)
    {
        report.Line(SafeText.Line($"# {TimeText.Short(spectrum.Head.Time.UtcMicroseconds)}, {spectrum.Head.Telescope} {spectrum.Head.Instrument}, {Range(spectrum.Head)}; flux [{spectrum.Head.FluxUnit ?? "unit not stated"}]"));
        report.Line(Csv(spectrum).TrimEnd('\n'));
    }

    /// <summary>Its numbers under facts that an import reads again.</summary>
    public static string Csv(Spectrum spectrum)
    {
        var text = new StringBuilder();
        void Fact(string name, string? value) => text.Append(string.IsNullOrEmpty(value) ? "" : $"# {name}: {SafeText.Line(value)}\n");
        Fact("DATE-OBS", TimeText.Exact(spectrum.Head.Time.UtcMicroseconds));
        Fact("TELESCOPE", spectrum.Head.Telescope);
        Fact("INSTRUMENT", spectrum.Head.Instrument);
        Fact("SETUP", spectrum.Head.Setup);
        Fact("EXPTIME", spectrum.Head.ExposureSeconds?.ToString("R", CultureInfo.InvariantCulture));
        Fact("OBSERVER", spectrum.Head.Observer);
        Fact("REDUCER", spectrum.Head.Reducer);
        Fact("WAVELENGTH_UNITS", spectrum.Head.WavelengthUnit);
        Fact("FLUX_UNITS", spectrum.Head.FluxUnit);
        var hasErrors = !spectrum.FluxError.IsDefaultOrEmpty;
        text.Append(hasErrors ? "wavelength,flux,error\n" : "wavelength,flux\n");
        for (var i = 0; i < spectrum.Flux.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{spectrum.Wavelength[i]:R},{spectrum.Flux[i]:R}");
            text.Append(CultureInfo.InvariantCulture, $"{(hasErrors ? "," : "")}{(hasErrors ? spectrum.FluxError[i].ToString("R", CultureInfo.InvariantCulture) : "")}\n");
        }

        return text.ToString();
    }

    public static string Words(SpectrumReceipt receipt, bool dryRun) => receipt.Fate switch
    {
        PointFate.New => dryRun ? $"a spectrum of {receipt.Head.Length:N0} wavelengths would be stored" : $"spectrum {receipt.Head.Id} of {receipt.Head.Length:N0} wavelengths stored",
        PointFate.Revision => dryRun ? "a revision would be stored" : $"stored as spectrum {receipt.Head.Id}, a revision",
        _ => "known: nothing to store",
    };

    private static string Range(SpectrumHead head) => string.Create(
        CultureInfo.InvariantCulture, $"{head.FirstWavelength:G6} to {head.LastWavelength:G6} {head.WavelengthUnit ?? "(unit not stated)"}");
}
