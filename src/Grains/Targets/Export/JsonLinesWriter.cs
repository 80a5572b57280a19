using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TomOrleans.Grains.Targets.Files;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Export;

/// <summary>A JSON object a line: everything that is known of a point, with the message that brought it, and whether it was withdrawn.</summary>
internal sealed class JsonLinesWriter : IPhotometryFileWriter
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public bool HoldsRetracted => true;

    public void Head(StringBuilder text, Target target)
    {
    }

    public void Point(StringBuilder text, Target target, PhotometryPoint point) => text.Append(JsonSerializer.Serialize(
        new
        {
            Target = target.Name,
            Time = CanonicalTime.Format(point.Time.UtcMicroseconds),
            Given = point.Time.Text is { } given ? new { Text = given, Form = point.Time.Form.ToString() } : null,
            Band = point.Bandpass,
            point.Brightness,
            Error = point.BrightnessError,
            Unit = point.Brightness is null && point.BrightnessError is null ? null : UnitNames.Of(point.BrightnessUnit),
            Limit = point.LimitingBrightness,
            LimitError = point.LimitingBrightnessError,
            LimitUnit = point.LimitingBrightness is null ? null : UnitNames.Of(point.LimitingBrightnessUnit),
            point.LimitSigma,
            point.ExposureSeconds,
            point.Telescope,
            point.Instrument,
            point.Origin,
            point.MeasurementId,
            point.Observer,
            point.Comments,
            Retracted = point.IsRetracted ? true : (bool?)null,
            point.Key,
            Message = point.Provenance is { } message
                ? new { At = message.Location.ToString(), Id = message.MessageId, message.Sender, Time = CanonicalTime.Format(message.TimestampMicroseconds) }
                : null,
        },
        Options)).Append('\n');

    public void Foot(StringBuilder text)
    {
    }
}
