using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets.Files;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Toolkit;

/// <summary>
/// What a body of <c>POST api/reduceddatums/</c> says, with the value keys of the Toolkit 2.x and 3.x alike. Numbers may be text; a unit that is not stated is none (<c>mag</c>); what has no field here
/// is kept as text in the point's comments. Pure.
/// </summary>
public sealed class ToolkitDatumBody
{
    private const int LongestComment = 2_000;
    private static readonly string[] Magnitude = ["magnitude", "brightness", "mag", "flux"];
    private static readonly string[] Error = ["error", "brightness_error", "magnitude_error", "mag_err", "err", "flux_error", "f_error"];
    private static readonly string[] Limit = ["limit", "limiting_brightness"];
    private static readonly string[] LimitError = ["limit_error", "limiting_brightness_error"];
    private static readonly string[] Band = ["filter", "bandpass", "band", "f"];
    private static readonly string[] Unit = ["unit", "brightness_unit", "flux_unit", "flux_units", "f_unit", "f_units"];
    private static readonly string[] LimitUnit = ["limit_unit", "limiting_brightness_unit"];
    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
        [
            .. Magnitude, .. Error, .. Limit, .. LimitError, .. Band, .. Unit, .. LimitUnit, "telescope", "instrument", "exposure_time", "observer", "comments", "measurement_id", "limit_sigma", "retracted",
        ],
        StringComparer.Ordinal);

    private readonly JsonObject _body;
    private readonly JsonObject _value;
    private readonly ToolkitFaults _faults;

    private ToolkitDatumBody(JsonObject body, ToolkitFaults faults)
    {
        (_body, _faults) = (body, faults);
        _value = body["value"] as JsonObject ?? [];
        if (body["value"] is null)
        {
            faults.Add("value", ToolkitFaults.Required);
        }
        else if (_value.Count == 0)
        {
            faults.Add("value", "Expected an object with the measurement's keys, such as magnitude, error and filter.");
        }
    }

    /// <summary><see cref="ToolkitDatum.Photometry"/> or <see cref="ToolkitDatum.Spectroscopy"/>; null where <paramref name="faults"/> says why neither.</summary>
    public static string? TypeOf(JsonObject body, ToolkitFaults faults)
    {
        var type = ToolkitValues.Text(body, "data_type", faults);
        if (type is ToolkitDatum.Photometry or ToolkitDatum.Spectroscopy)
        {
            return type;
        }

        faults.Add("data_type", string.IsNullOrEmpty(type) ? ToolkitFaults.Required : $"\"{OneLine.Of(type)}\" is not a valid choice: photometry or spectroscopy.");
        return null;
    }

    /// <summary>A point; null where <paramref name="faults"/> says why not.</summary>
    /// <param name="body">The body.</param>
    /// <param name="poster">Who posts it: the origin where <c>source_name</c> is empty.</param>
    /// <param name="now">The time where the body states none [us since 1970, UTC].</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static PhotometryPoint? ReadPoint(JsonObject body, string poster, long now, ToolkitFaults faults)
    {
        var reader = new ToolkitDatumBody(body, faults);
        return faults.Any ? null : reader.Point(poster, now);
    }

    /// <summary>A spectrum, its numbers as lists or as points by number; null where <paramref name="faults"/> says why not.</summary>
    /// <inheritdoc cref="ReadPoint"/>
    public static Spectrum? ReadSpectrum(JsonObject body, string poster, long now, ToolkitFaults faults)
    {
        var reader = new ToolkitDatumBody(body, faults);
        return faults.Any ? null : reader.Spectrum(poster, now);
    }

    private PhotometryPoint? Point(string poster, long now)
    {
        var (brightness, limit) = (Number(Magnitude), Number(Limit));
        var unit = BrightnessUnitOf(Unit) ?? BrightnessUnit.Magnitude;
        var limitUnit = BrightnessUnitOf(LimitUnit) ?? unit;
        if (brightness is null && limit is null)
        {
            Fault("neither magnitude nor limit is given");
        }

        CheckBrightness(brightness, unit);
        CheckBrightness(limit, limitUnit);
        var band = Text(Band);
        if (string.IsNullOrEmpty(band))
        {
            Fault("no filter is given");
        }

        var origin = Origin(poster);
        var point = new PhotometryPoint
        {
            Time = Time(now),
            Bandpass = band ?? "",
            Telescope = Text("telescope"),
            Instrument = Text("instrument"),
            Brightness = brightness,
            BrightnessError = NotNegative(Error),
            BrightnessUnit = unit,
            LimitingBrightness = limit,
            LimitingBrightnessError = NotNegative(LimitError),
            LimitingBrightnessUnit = limitUnit,
            LimitSigma = limit is null ? null : NotNegative("limit_sigma"),
            ExposureSeconds = NotNegative("exposure_time"),
            Origin = origin,

            // Another TOM may pass on what it has from us, in its own units: that is no revision of ours.
            IsSecondHand = origin != poster,
            MeasurementId = Text("measurement_id"),
            Observer = Text("observer"),
            Comments = Comments(),
            Provenance = Provenance(poster, now),
            IsRetracted = _value["retracted"] is JsonValue retracted && retracted.GetValueKind() == JsonValueKind.True,
        };
        return _faults.Any ? null : point;
    }

    private Spectrum? Spectrum(string poster, long now)
    {
        var numbers = SpectrumNumbers.Read(_value);
        if (numbers.Fault is { } fault)
        {
            Fault(fault);
        }

        var origin = Origin(poster);
        var spectrum = new Spectrum
        {
            Head = new()
            {
                Time = Time(now),
                WavelengthUnit = Text("wavelength_units", "wavelength_unit"),
                FluxUnit = Text(Unit),
                Telescope = Text("telescope"),
                Instrument = Text("instrument"),
                Setup = Text("setup"),
                ExposureSeconds = NotNegative("exposure_time"),
                Origin = origin,
                IsSecondHand = origin != poster,
                Observer = Text("observer"),
                Reducer = Text("reducer"),
                Comments = Text("comments"),
                Provenance = Provenance(poster, now),
            },
            Wavelength = numbers.Wavelength,
            Flux = numbers.Flux,
            FluxError = numbers.FluxError,
        };
        return _faults.Any ? null : spectrum;
    }

    /// <summary>Among revisions the one that was posted last is shown.</summary>
    private PointProvenance Provenance(string poster, long now)
    {
        var stated = ToolkitValues.Text(_body, "source_location", _faults);
        if (stated?.Length > StatedLocation.Longest || stated?.Any(char.IsControl) == true)
        {
            _faults.Add("source_location", $"Ensure this field has no more than {StatedLocation.Longest} characters, and no control characters.");
            stated = null;
        }

        return new(StatedLocation.Of(stated), null, poster, now);
    }

    private string Origin(string poster) => ToolkitValues.Text(_body, "source_name", _faults) is { Length: > 0 } origin ? origin : poster;

    private ObservationTime Time(long now)
    {
        var given = ToolkitValues.Text(_body, "timestamp", _faults);
        if (string.IsNullOrEmpty(given))
        {
            return new(now);
        }

        if (TimeReader.TryRead(given, out var time, out var reason))
        {
            return time;
        }

        _faults.Add("timestamp", $"Datetime has wrong format: {reason}. Use YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].");
        return default;
    }

    private void CheckBrightness(double? brightness, BrightnessUnit unit)
    {
        if (brightness is { } number && PointRules.Why(number, unit) is { } why)
        {
            Fault(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number} {why}"));
        }
    }

    private double? Number(params string[] keys)
    {
        var key = Array.Find(keys, key => _value[key] is not null && !IsBlank(_value[key]));
        if (key is null)
        {
            return null;
        }

        if (!ToolkitValues.TryNumber(_value[key], out var number))
        {
            Fault($"{key} is not a finite number");
        }

        return number;
    }

    private double? NotNegative(params string[] keys)
    {
        var number = Number(keys);
        if (number < 0)
        {
            Fault($"{keys[0]} is negative");
        }

        return number;
    }

    private string? Text(params string[] keys)
    {
        foreach (var key in keys)
        {
            if (_value[key] is JsonValue value && value.ToString().Trim() is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    private BrightnessUnit? BrightnessUnitOf(string[] keys)
    {
        if (Text(keys) is not { } text)
        {
            return null;
        }

        var unit = UnitNames.Read(text);
        if (unit is null)
        {
            Fault($"{QuotedText.Of(text)} is not a unit of brightness that is known here");
        }

        return unit;
    }

    private string? Comments()
    {
        var others = _value.Where(field => !Known.Contains(field.Key) && field.Value is not null && !IsBlank(field.Value)).Select(field => $"{field.Key}={field.Value}");
        var text = string.Join("; ", Text("comments") is { } comments ? others.Prepend(comments) : others);
        return text.Length == 0 ? null : text[..Math.Min(text.Length, LongestComment)];
    }

    private void Fault(string fault) => _faults.Add("value", fault);

    private static bool IsBlank(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetValue<string>());
}
