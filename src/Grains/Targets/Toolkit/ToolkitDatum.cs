using System.Collections.Immutable;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets.Files;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Toolkit;

/// <summary>
/// A measurement in the shape of the Toolkit's <c>api/reduceddatums/</c>, written with the keys of 2.x, which 3.x reads too. Shape:
/// <c>{"data_product":null,"data_type":"photometry","source_name":"LCO","source_location":"hopskotch/hermes.test/0/42","timestamp":"2026-07-01T03:04:05.123456Z","value":{"magnitude":18.5,"error":0.02,"filter":"g",
/// "unit":"AB mag","telescope":"1m0a"},"target":7}</c>.
/// </summary>
public static class ToolkitDatum
{
    public const string Photometry = "photometry";
    public const string Spectroscopy = "spectroscopy";

    public static JsonObject ToJson(long target, PhotometryPoint point)
    {
        var unit = point.Brightness is null ? point.LimitingBrightnessUnit : point.BrightnessUnit;
        var value = new JsonObject();
        Add(value, "magnitude", point.Brightness);
        Add(value, "error", point.BrightnessError);
        Add(value, "limit", point.LimitingBrightness);
        Add(value, "limit_error", point.LimitingBrightnessError);
        Add(value, "limit_sigma", point.LimitSigma);
        value["filter"] = point.Bandpass;
        value["unit"] = UnitNames.Of(unit);
        Add(value, "limit_unit", point.LimitingBrightness is not null && point.LimitingBrightnessUnit != unit ? UnitNames.Of(point.LimitingBrightnessUnit) : null);
        Add(value, "telescope", point.Telescope);
        Add(value, "instrument", point.Instrument);
        Add(value, "exposure_time", point.ExposureSeconds);
        Add(value, "observer", point.Observer);
        Add(value, "comments", point.Comments);
        Add(value, "measurement_id", point.MeasurementId);
        if (point.IsRetracted)
        {
            value["retracted"] = true;
        }

        return Envelope(target, Photometry, point.Origin, point.Provenance, point.Time, value);
    }

    public static JsonObject ToJson(long target, Spectrum spectrum)
    {
        var head = spectrum.Head;
        var value = new JsonObject
        {
            ["wavelength"] = Numbers(spectrum.Wavelength),
            ["flux"] = Numbers(spectrum.Flux),
        };
        if (!spectrum.FluxError.IsDefaultOrEmpty)
        {
            value["flux_error"] = Numbers(spectrum.FluxError);
        }

        Add(value, "wavelength_units", head.WavelengthUnit);
        Add(value, "flux_units", head.FluxUnit);
        Add(value, "telescope", head.Telescope);
        Add(value, "instrument", head.Instrument);
        Add(value, "setup", head.Setup);
        Add(value, "exposure_time", head.ExposureSeconds);
        Add(value, "observer", head.Observer);
        Add(value, "reducer", head.Reducer);
        Add(value, "comments", head.Comments);
        return Envelope(target, Spectroscopy, head.Origin, head.Provenance, head.Time, value);
    }

    private static JsonObject Envelope(long target, string type, string origin, PointProvenance? provenance, ObservationTime time, JsonObject value) => new()
    {
        ["data_product"] = null,
        ["data_type"] = type,
        ["source_name"] = origin,
        ["source_location"] = StatedLocation.TextOf(provenance?.Location),
        ["timestamp"] = CanonicalTime.Format(time.UtcMicroseconds),
        ["value"] = value,
        ["target"] = target,
    };

    private static JsonArray Numbers(ImmutableArray<double> numbers) => new([.. numbers.Select(number => (JsonNode)JsonValue.Create(number))]);

    private static void Add(JsonObject value, string key, double? number)
    {
        if (number is { } given)
        {
            value[key] = given;
        }
    }

    private static void Add(JsonObject value, string key, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            value[key] = text;
        }
    }
}
