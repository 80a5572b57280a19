using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TomOrleans.Grains.Targets.Files;
using TomOrleans.Storage.Photometry;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Export;

/// <summary>A light curve as one JSON document, column by column: texts once, numbers as they are stored.</summary>
internal static class LightCurveJson
{
    private const int BytesOfPoint = 64;

    public static byte[] Write(string target, long id, BriefPoint[] points, IReadOnlyDictionary<int, string> texts)
    {
        var buffer = new ArrayBufferWriter<byte>(1024 + (points.Length * BytesOfPoint));
        using (var json = new Utf8JsonWriter(buffer, new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("target", target);
            json.WriteString("id", id.ToString(CultureInfo.InvariantCulture));
            json.WriteNumber("points", points.Length);
            WriteTexts(json, "bands", "band", points, static point => point.Band, texts);
            WriteTexts(json, "telescopes", "telescope", points, static point => point.Telescope, texts);
            WriteTexts(json, "origins", "origin", points, static point => point.Origin, texts);

            // Their numbers are those from 0 on, so each is the place of its name.
            json.WriteStartArray("units");
            foreach (var unit in Enum.GetValues<BrightnessUnit>())
            {
                json.WriteStringValue(UnitNames.Of(unit));
            }

            json.WriteEndArray();
            Write(json, "timeMicroseconds", points, static (json, point) => json.WriteNumberValue(point.TimeMicroseconds));
            Write(json, "brightness", points, static (json, point) => Write(json, point.Value));
            Write(json, "error", points, static (json, point) => Write(json, point.Error));
            Write(json, "unit", points, static (json, point) => json.WriteNumberValue(point.Unit));
            Write(json, "limit", points, static (json, point) => Write(json, point.Limit));
            Write(json, "limitUnit", points, static (json, point) => json.WriteNumberValue(point.LimitUnit));
            json.WriteStartArray("retracted");
            for (var i = 0; i < points.Length; i++)
            {
                if (points[i].IsRetracted)
                {
                    json.WriteNumberValue(i);
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void Write(Utf8JsonWriter json, string name, BriefPoint[] points, Action<Utf8JsonWriter, BriefPoint> write)
    {
        json.WriteStartArray(name);
        foreach (var point in points)
        {
            write(json, point);
        }

        json.WriteEndArray();
    }

    /// <summary>The texts that occur, and for each point its place among them; null for none.</summary>
    private static void WriteTexts(Utf8JsonWriter json, string plural, string singular, BriefPoint[] points, Func<BriefPoint, int> numberOf, IReadOnlyDictionary<int, string> texts)
    {
        var places = new Dictionary<int, int>();
        json.WriteStartArray(plural);
        foreach (var point in points)
        {
            if (numberOf(point) is var number and not 0 && places.TryAdd(number, places.Count))
            {
                json.WriteStringValue(texts[number]);
            }
        }

        json.WriteEndArray();
        json.WriteStartArray(singular);
        foreach (var point in points)
        {
            if (numberOf(point) is var number and not 0)
            {
                json.WriteNumberValue(places[number]);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }
}
