using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>
/// A datum that the other TOM has, or that we sent, in the form in which both can be compared: 2.x and 3.x have other names for the same, and 3.x leaves limits out of its answers.
/// </summary>
internal readonly record struct TomDatumThere(long TimeMicroseconds, string Filter, double? Magnitude, double? Error, string? Telescope, string? Instrument)
{
    private static readonly string[] MagnitudeKeys = ["magnitude", "brightness", "mag", "flux"];
    private static readonly string[] ErrorKeys = ["error", "brightness_error", "magnitude_error", "mag_err"];
    private static readonly string[] FilterKeys = ["filter", "bandpass", "band"];

    /// <summary>Null for what is no photometry that could be compared.</summary>
    public static TomDatumThere? Read(JsonElement datum) =>
        datum.ValueKind == JsonValueKind.Object
        && datum.TryGetProperty("timestamp", out var timestamp) && timestamp.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(timestamp.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && datum.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Object
            ? new(
                (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
                Text(value, FilterKeys) ?? "",
                Number(value, MagnitudeKeys),
                Number(value, ErrorKeys),
                Text(value, ["telescope"]),
                Text(value, ["instrument"]))
            : null;

    public static TomDatumThere Of(JsonObject sent)
    {
        using var document = JsonDocument.Parse(sent.ToJsonString());
        return Read(document.RootElement)!.Value;
    }

    /// <summary>The same measurement for 3.x, which keeps one value of each.</summary>
    public bool IsSameEpoch(TomDatumThere other) => TimeMicroseconds == other.TimeMicroseconds && Filter == other.Filter;

    private static double? Number(JsonElement value, string[] keys)
    {
        foreach (var key in keys)
        {
            if (value.TryGetProperty(key, out var number) && number.ValueKind == JsonValueKind.Number)
            {
                return number.GetDouble();
            }
        }

        return null;
    }

    /// <summary>An empty text is none.</summary>
    private static string? Text(JsonElement value, string[] keys)
    {
        foreach (var key in keys)
        {
            if (value.TryGetProperty(key, out var text) && text.ValueKind == JsonValueKind.String && text.GetString() is { Length: > 0 } found)
            {
                return found;
            }
        }

        return null;
    }
}
