using System.Globalization;
using System.Text.Json;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>
/// A point as the body of <c>POST api/reduceddatums/</c>, as <c>{"data_product":"","data_type":"photometry","source_name":"LCO","source_location":"...","timestamp":"2026-07-01T03:04:05.678901Z",
/// "value":{"magnitude":18.5,"error":0.02,"filter":"g","unit":"AB mag","telescope":"1m0a"}}</c>; the target's id there is added when it is sent. The keys of the value are those of the Toolkit
/// 2.x, which 3.x reads too. Numbers go in the unit they are stored in: <c>magnitude</c> is the Toolkit's key for fluxes as well.
/// </summary>
internal static class TomDatum
{
    public const int LongestSource = 100;
    private const int LongestLocation = 200;
    private const string AngstromFlux = "erg / s / cm\u00B2 / \u212B";

    /// <summary>Why the other TOM would not take the point or would misread it; null when it can be sent.</summary>
    public static string? Fault(PhotometryPoint point) =>
        point.IsRetracted ? "retracted"
        : point.Origin.Length > LongestSource ? $"an origin of more than {LongestSource} characters"
        : !TryTime(point.Time, out _) ? "a time outside the years 1 to 9999"
        : null;

    /// <param name="json">Where to.</param>
    /// <param name="point">The point.</param>
    /// <param name="tomName">TOM_NAME, told where the point came by no message.</param>
    public static void WriteTo(Utf8JsonWriter json, PhotometryPoint point, string tomName)
    {
        TryTime(point.Time, out var time);
        json.WriteStartObject();
        json.WriteString("data_product", "");
        json.WriteString("data_type", "photometry");
        json.WriteString("source_name", point.Origin);
        json.WriteString("source_location", Location(point.Provenance, tomName));
        json.WriteString("timestamp", time);
        WriteValue(json, point);
        json.WriteEndObject();
    }

    /// <summary>The Toolkit's words for a unit, as it shows and shares them; null for a magnitude of a system that nobody stated.</summary>
    public static string? Unit(BrightnessUnit unit) => unit switch
    {
        BrightnessUnit.AbMagnitude => "AB mag",
        BrightnessUnit.VegaMagnitude => "Vega mag",
        BrightnessUnit.Nanojansky => "nJy",
        BrightnessUnit.Microjansky => "uJy",
        BrightnessUnit.Millijansky => "mJy",
        BrightnessUnit.Jansky => "Jy",
        BrightnessUnit.FluxPerAngstrom => AngstromFlux,
        _ => null,
    };

    private static void WriteValue(Utf8JsonWriter json, PhotometryPoint point)
    {
        var unit = point.Brightness is null ? point.LimitingBrightnessUnit : point.BrightnessUnit;
        json.WriteStartObject("value");
        Write(json, "magnitude", point.Brightness);
        Write(json, "error", point.BrightnessError);
        Write(json, "limit", point.LimitingBrightness);
        Write(json, "limit_error", point.LimitingBrightnessError);

        // These, and others below, are keys of ours: the Toolkit keeps what it has no name for.
        Write(json, "limit_sigma", point.LimitSigma);
        json.WriteString("filter", point.Bandpass);
        Write(json, "unit", Unit(unit));

        // A key of ours: the Toolkit has one unit for both.
        Write(json, "limit_unit", point.LimitingBrightness is not null && point.LimitingBrightnessUnit != unit ? Unit(point.LimitingBrightnessUnit) ?? "mag" : null);
        Write(json, "telescope", point.Telescope);
        Write(json, "instrument", point.Instrument);
        Write(json, "exposure_time", point.ExposureSeconds);
        Write(json, "observer", point.Observer);
        Write(json, "comments", point.Comments);
        Write(json, "measurement_id", point.MeasurementId);
        json.WriteEndObject();
    }

    /// <summary>How it came to us, in the length that the Toolkit keeps.</summary>
    public static string Location(PointProvenance? known, string tomName)
    {
        var from = known is { } provenance ? $", heard on {provenance.Location.Topic}{(provenance.MessageId is { } id ? $" in {id:D}" : "")}" : "";
        var text = $"shared from {tomName}{from}";
        return text.Length <= LongestLocation ? text : text[..LongestLocation];
    }

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            json.WriteString(name, value);
        }
    }

    public static bool TryTime(ObservationTime time, out string text)
    {
        const long first = -62_135_596_800_000_000; // 0001-01-01
        const long end = 253_402_300_800_000_000; // 10000-01-01
        var fits = time.UtcMicroseconds is >= first and < end;
        text = fits ? DateTime.UnixEpoch.AddTicks(time.UtcMicroseconds * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture) : "";
        return fits;
    }
}
