using System.Globalization;
using TomOrleans.Grains.Targets.Import;
using TomOrleans.Grains.Targets.Import.Tables;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Spectra;

/// <summary>
/// One spectrum from a file of text: columns wavelength, flux and perhaps error, with or without a line of names; ECSV; facts in comments as the TOM Toolkit reads them. Pure.
/// </summary>
/// <remarks><c># FACILITY: LCO</c>, <c># DATE-OBS: 2019-09-05</c>, <c>wavelength flux</c>, <c>3.2498e+03 1.1745e-14</c>. Without a line of names the columns are wavelength, flux, error.</remarks>
internal static class SpectrumFileReader
{
    private const NumberStyles NumberForm = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private static readonly char[] Between = [' ', '\t', ',', ';'];
    private static readonly string[] Wavelengths = ["wavelength", "wave", "lambda", "wl", "lam", "loglam"];
    private static readonly string[] Fluxes = ["flux", "f", "flam", "fnu", "flx"];
    private static readonly string[] Errors = ["fluxerror", "error", "err", "fluxerr", "ferr", "sigma", "fluxunc"];

    /// <summary>Throws <see cref="UnreadableFileException"/>.</summary>
    public static Spectrum Read(SpectrumFile file, string tomName, PointProvenance provenance)
    {
        var text = TextLines.Decode(file.Content);
        var facts = Facts(text);
        var (rows, wavelengthUnit, fluxUnit) = Rows(text);
        var spectrum = new Spectrum
        {
            Head = new()
            {
                Time = Time(file.Time ?? Fact(facts, "DATE-OBS", "DATE_OBS", "DATEOBS", "MJD-OBS", "MJD", "JD", "DATE")),
                Telescope = file.Telescope ?? Fact(facts, "TELESCOPE", "TELESCOP", "FACILITY", "OBSERVATORY"),
                Instrument = file.Instrument ?? Fact(facts, "INSTRUMENT", "INSTRUME"),
                Setup = Fact(facts, "SETUP", "GRATING", "GRISM"),
                ExposureSeconds = Fact(facts, "EXPTIME", "EXPOSURE") is { } exposure ? Number(exposure, "exposure time") : null,
                Observer = Fact(facts, "OBSERVER"),
                Reducer = Fact(facts, "REDUCER"),
                WavelengthUnit = file.WavelengthUnit ?? Fact(facts, "WAVELENGTH_UNITS", "WAVELENGTH_UNIT", "CUNIT1") ?? wavelengthUnit,
                FluxUnit = file.FluxUnit ?? Fact(facts, "FLUX_UNITS", "FLUX_UNIT", "BUNIT") ?? fluxUnit,
                Origin = file.Origin ?? tomName,
                Provenance = provenance,
            },
            Wavelength = [.. rows.Select(row => row.Wavelength)],
            Flux = [.. rows.Select(row => row.Flux)],
            FluxError = rows.TrueForAll(row => row.Error is not null) ? [.. rows.Select(row => row.Error!.Value)] : [],
        };
        return SpectrumRules.Why(spectrum) is { } why ? throw new UnreadableFileException(why) : spectrum;
    }

    private static ObservationTime Time(string? text) =>
        text is null ? throw new UnreadableFileException("does not say when it was taken: give --time, or a comment # DATE-OBS: ...")
        : TimeReader.TryRead(text, out var time, out var reason) ? time
        : throw new UnreadableFileException($"has a time that cannot be read: {reason}");

    private static (List<(double Wavelength, double Flux, double? Error)> Rows, string? WavelengthUnit, string? FluxUnit) Rows(string text)
    {
        if (EcsvTable.Recognises(text))
        {
            var table = EcsvTable.Read(text);
            var places = Places([.. table.Columns]) ?? throw new UnreadableFileException("has no columns that are called wavelength and flux");
            return (
                [.. table.Rows.Select(row => Row(row.Line, row.Fault is null ? row.Cells : throw new UnreadableFileException($"has a line {row.Line} that {row.Fault}"), places))],
                table.Units[places.Wavelength],
                table.Units[places.Flux]);
        }

        var rows = new List<(double, double, double?)>();
        (int Wavelength, int Flux, int Error)? columns = null;
        var count = 0;
        foreach (var (number, line, _) in TextLines.Of(text))
        {
            var words = line.Split(Between, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
            {
                continue;
            }

            if (columns is null)
            {
                var isNumbers = double.TryParse(words[0], NumberForm, CultureInfo.InvariantCulture, out _);
                columns = isNumbers ? (0, 1, words.Length > 2 ? 2 : -1) : Places(words) ?? throw new UnreadableFileException($"has no columns that are called wavelength and flux (line {number})");
                count = words.Length;
                if (!isNumbers)
                {
                    continue;
                }
            }

            rows.Add(words.Length == count ? Row(number, words, columns.Value) : throw new UnreadableFileException($"has a line {number} of {words.Length} values where {count} were expected"));
        }

        return rows.Count > 0 ? (rows, null, null) : throw new UnreadableFileException("has no rows");
    }

    private static (int Wavelength, int Flux, int Error)? Places(string[] names)
    {
        var folded = names.Select(ColumnNames.Fold).ToArray();
        int Find(string[] known) => Array.FindIndex(folded, name => known.Contains(name, StringComparer.Ordinal));
        return (Find(Wavelengths), Find(Fluxes)) is ( >= 0 and var wavelength, >= 0 and var flux) ? (wavelength, flux, Find(Errors)) : null;
    }

    private static (double Wavelength, double Flux, double? Error) Row(int line, string[] words, (int Wavelength, int Flux, int Error) places) => (
        Number(words[places.Wavelength], $"wavelength on line {line}"),
        Number(words[places.Flux], $"flux on line {line}"),
        places.Error < 0 ? null : Number(words[places.Error], $"error on line {line}"));

    private static double Number(string text, string what) =>
        double.TryParse(text, NumberForm, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new UnreadableFileException($"has a {what} that is no finite number: {QuotedText.Of(text)}");

    /// <summary><c># NAME: value</c> and <c># NAME = value</c>.</summary>
    private static Dictionary<string, string> Facts(string text)
    {
        var facts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (_, line, _) in TextLines.Of(text))
        {
            var comment = line.TrimStart();
            if (!comment.StartsWith('#'))
            {
                continue;
            }

            var fact = comment.TrimStart('#', ' ');
            var at = fact.IndexOfAny([':', '=']);
            if (at > 0 && fact[(at + 1)..].Trim().Trim('\'', '"') is { Length: > 0 } value)
            {
                facts.TryAdd(fact[..at].Trim(), value);
            }
        }

        return facts;
    }

    private static string? Fact(Dictionary<string, string> facts, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (facts.TryGetValue(name, out var value))
            {
                return value;
            }
        }

        return null;
    }
}
