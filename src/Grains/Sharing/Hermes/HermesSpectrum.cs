using System.Collections.Immutable;
using System.Text.Json;
using TomOrleans.Grains.Targets.Files;
using TomOrleans.Storage.Sharing;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// A row of Hermes' spectroscopy table, as <c>{"target_name":"AT2026abc","date_obs":"2026-07-01T03:04:05.000000Z","telescope":"FTN","instrument":"FLOYDS","setup":"red/blu","exposure_time":1800,
/// "flux":[1e-15,2e-15],"flux_error":[1e-16,1e-16],"flux_units":"erg / s / cm\u00B2 / \u212B","wavelength":[320.5,320.7],"wavelength_units":"nm"}</c>. A spectrum is one row, and never split.
/// </summary>
internal sealed class HermesSpectrum
{
    private readonly SpectrumHead _head;
    private readonly string _target;
    private readonly string _date;
    private readonly string _fluxUnit;
    private readonly string _wavelengthUnit;
    private readonly ImmutableArray<double> _wavelength;
    private readonly ImmutableArray<double> _flux;
    private readonly ImmutableArray<double> _fluxError;

    private HermesSpectrum(SharedSpectrum shared, string target, string date, HermesUnit flux, string wavelengthUnit)
    {
        Key = shared.Key;
        _head = shared.Spectrum.Head;
        (_target, _date, _wavelengthUnit) = (target, date, wavelengthUnit);
        _fluxUnit = flux.Name;
        _wavelength = shared.Spectrum.Wavelength;
        _flux = [.. shared.Spectrum.Flux.Select(number => flux.Convert(number)!.Value)];
        _fluxError = [.. shared.Spectrum.FluxError.Select(number => flux.Convert(number)!.Value)];
        PublishedSize = Size();
    }

    public PointKey Key { get; }

    /// <inheritdoc cref="HermesRow.Identity"/>
    public string Identity => $"{Key.Identity:x16}:{Key.Content:x16}";

    /// <summary>Who made it.</summary>
    public string Origin => _head.Origin;

    /// <summary>What the row takes in the message that Hermes publishes, identity, origin and separators included [bytes].</summary>
    public int PublishedSize { get; }

    /// <summary>Makes the row, or says why Hermes would not take it or would call its numbers something else.</summary>
    public static HermesSpectrum? Make(SharedSpectrum shared, string target, HermesDialect dialect, out string reason)
    {
        var (head, unit) = (shared.Spectrum.Head, FluxUnit(shared.Spectrum.Head.FluxUnit));
        var wavelengthUnit = WavelengthUnit(head.WavelengthUnit);
        reason =
            head.IsRetracted ? "retracted"
            : HermesText.Trimmed(head.Telescope) is null && HermesText.Trimmed(head.Instrument) is null ? "neither telescope nor instrument, and Hermes needs one of them"
            : !Texts(head).All(HermesText.IsClean) ? "characters in its texts that Hermes refuses"
            : head.FluxUnit is null ? "a flux whose unit is not stated, which Hermes would take for mJy"
            : unit is null ? $"a flux in '{OneLine.Of(head.FluxUnit)}', and Hermes knows mJy and erg/s/cm\u00B2/\u212B"
            : head.WavelengthUnit is null ? "a wavelength whose unit is not stated, which Hermes would take for nm"
            : wavelengthUnit is null ? $"a wavelength in '{OneLine.Of(head.WavelengthUnit)}', and Hermes knows \u212B, nm, \u00B5m, Hz, GHz and THz"
            : "";
        if (reason.Length > 0 || !HermesTime.TryFormat(head.Time, dialect, out var date, out reason))
        {
            return null;
        }

        var row = new HermesSpectrum(shared, target, date, unit!.Value, wavelengthUnit!);
        reason = row.NumberFault() ?? "";
        return reason.Length == 0 ? row : null;
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (name, text) in Members())
        {
            if (text is not null)
            {
                json.WriteString(name, text);
            }
        }

        if (_head.ExposureSeconds is { } exposure)
        {
            json.WriteNumber("exposure_time", exposure);
        }

        foreach (var (name, numbers) in Lists())
        {
            json.WriteStartArray(name);
            foreach (var number in numbers)
            {
                json.WriteNumberValue(number);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static IEnumerable<string?> Texts(SpectrumHead head) => [head.Telescope, head.Instrument, head.Setup, head.Observer, head.Reducer, head.Comments];

    /// <summary>Hermes refuses what is blank, and takes what is not there.</summary>
    private (string Name, string? Text)[] Members() =>
    [
        ("target_name", _target),
        ("date_obs", _date),
        ("telescope", HermesText.Trimmed(_head.Telescope)),
        ("instrument", HermesText.Trimmed(_head.Instrument)),
        ("setup", HermesText.Trimmed(_head.Setup)),
        ("observer", HermesText.Trimmed(_head.Observer)),
        ("reducer", HermesText.Trimmed(_head.Reducer)),
        ("comments", HermesText.Trimmed(_head.Comments)),
        ("flux_units", _fluxUnit),
        ("wavelength_units", _wavelengthUnit),

        // Stated where the default, a flux per wavelength, would contradict the unit.
        ("flux_type", _fluxUnit == HermesUnit.Millijansky ? "Fnu" : null),
    ];

    private IEnumerable<(string Name, ImmutableArray<double> Numbers)> Lists()
    {
        yield return ("flux", _flux);
        yield return ("wavelength", _wavelength);
        if (!_fluxError.IsEmpty)
        {
            yield return ("flux_error", _fluxError);
        }
    }

    private int Size()
    {
        const int defaults = 64; // flux_type, where Hermes adds it, and room for one default more
        var size = defaults + PythonJson.EmptyObject + PythonJson.Separator + PythonJson.Text(Identity) + PythonJson.Separator + PythonJson.Text(Origin) + PythonJson.Separator;
        foreach (var (name, text) in Members())
        {
            size += text is null ? 0 : PythonJson.Member(name, PythonJson.Text(text));
        }

        size += _head.ExposureSeconds is { } exposure ? PythonJson.Member("exposure_time", PythonJson.Number(exposure)) : 0;
        return size + Lists().Sum(list => PythonJson.Member(list.Name, PythonJson.EmptyObject + list.Numbers.Sum(number => PythonJson.Number(number) + PythonJson.Separator)));
    }

    private string? NumberFault() =>
        _flux.IsEmpty || _flux.Length != _wavelength.Length || (!_fluxError.IsEmpty && _fluxError.Length != _flux.Length) ? "lists of flux, wavelength and error that are not equally long"
        : !Lists().All(list => list.Numbers.All(double.IsFinite)) ? "a number that is not finite in Hermes' unit"
        : PublishedSize > HermesMessage.LargestPublished / 2 ? $"{_flux.Length} wavelengths, which take {PublishedSize} bytes, and a message of Hermes holds about 1 MB"
        : null;

    private static HermesUnit? FluxUnit(string? stated) => stated is null ? null : UnitNames.Read(stated) switch
    {
        BrightnessUnit.Magnitude or BrightnessUnit.AbMagnitude or BrightnessUnit.VegaMagnitude or null => null,
        { } unit => HermesUnit.For(unit),
    };

    /// <summary>Hermes compares code points: U+212B ANGSTROM SIGN, U+00B5 MICRO SIGN.</summary>
    private static string? WavelengthUnit(string? stated) => stated?.Trim().ToLowerInvariant() switch
    {
        "angstrom" or "angstroms" or "a" or "aa" or "\u00E5" or "a\u030A" => "\u212B",
        "nm" or "nanometer" or "nanometers" or "nanometre" => "nm",
        "um" or "micron" or "microns" or "micrometer" or "\u00B5m" or "\u03BCm" => "\u00B5m",
        "hz" or "hertz" => "Hz",
        "ghz" => "GHz",
        "thz" => "THz",
        _ => null,
    };
}
