using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets.Files;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>
/// A datum that the other TOM has, or that we sent, in the form in which both can be compared: 2.x and 3.x have other names for the same, numbers may be text, and 3.x leaves limits out of its answers.
/// </summary>
internal sealed record TomDatumThere
{
    private static readonly string[] MagnitudeKeys = ["magnitude", "brightness", "mag", "flux"];
    private static readonly string[] ErrorKeys = ["error", "brightness_error", "magnitude_error", "mag_err"];
    private static readonly string[] LimitKeys = ["limit", "limiting_brightness"];
    private static readonly string[] FilterKeys = ["filter", "bandpass", "band"];
    private static readonly string[] UnitKeys = ["unit", "brightness_unit", "flux_unit"];

    public required long TimeMicroseconds { get; init; }
    public required string Filter { get; init; }
    public double? Magnitude { get; init; }
    public double? Error { get; init; }

    /// <summary>Null also where the other TOM does not tell it.</summary>
    public double? Limit { get; init; }

    /// <summary>Null where none is stated, or one that says nothing of the system.</summary>
    public BrightnessUnit? Unit { get; init; }
    public string? Telescope { get; init; }
    public string? Instrument { get; init; }
    public string? MeasurementId { get; init; }

    /// <summary>It is told with the keys of 3.x, which keeps one value of each time and band; 2.x keeps a revision beside it.</summary>
    public bool IsOneOfEach { get; init; }

    /// <summary>Null for what is no photometry that could be compared.</summary>
    public static TomDatumThere? Read(JsonElement datum) =>
        datum.ValueKind == JsonValueKind.Object
        && datum.TryGetProperty("timestamp", out var timestamp) && timestamp.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(timestamp.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && datum.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Object
            ? new()
            {
                TimeMicroseconds = (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
                Filter = Text(value, FilterKeys) ?? "",
                Magnitude = Number(value, MagnitudeKeys),
                Error = Number(value, ErrorKeys),
                Limit = Number(value, LimitKeys),
                Unit = Text(value, UnitKeys) is { } unit && UnitNames.Read(unit) is { } known and not BrightnessUnit.Magnitude ? known : null,
                Telescope = Text(value, ["telescope"]),
                Instrument = Text(value, ["instrument"]),
                MeasurementId = Text(value, ["measurement_id"]),
                IsOneOfEach = value.TryGetProperty("bandpass", out _) || value.TryGetProperty("brightness", out _),
            }
            : null;

    public static TomDatumThere Of(JsonObject sent)
    {
        using var document = JsonDocument.Parse(sent.ToJsonString());
        return Read(document.RootElement)!;
    }

    /// <summary>
    /// The same value of the same measurement. A limit alone is the same only where the other TOM tells it; beside a brightness, which says enough, only one that it tells otherwise is another.
    /// </summary>
    public bool IsSame(TomDatumThere other) =>
        IsSameEpoch(other)
        && (Telescope, Instrument, Magnitude, Error) == (other.Telescope, other.Instrument, other.Magnitude, other.Error)
        && (Magnitude is null ? Limit is not null && Limit == other.Limit : Agree(Limit, other.Limit))
        && Agree(Unit, other.Unit)
        && (MeasurementId is null || other.MeasurementId is null || MeasurementId == other.MeasurementId);

    /// <summary>The same measurement for 3.x.</summary>
    public bool IsSameEpoch(TomDatumThere other) => TimeMicroseconds == other.TimeMicroseconds && Filter == other.Filter;

    private static bool Agree<T>(T? one, T? other)
        where T : struct => one is not { } first || other is not { } second || first.Equals(second);

    private static double? Number(JsonElement value, string[] keys)
    {
        foreach (var key in keys)
        {
            if (value.TryGetProperty(key, out var number))
            {
                if (number.ValueKind == JsonValueKind.Number)
                {
                    return number.GetDouble();
                }

                if (number.ValueKind == JsonValueKind.String && double.TryParse(number.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var read))
                {
                    return read;
                }
            }
        }

        return null;
    }

    /// <summary>An empty text is none.</summary>
    private static string? Text(JsonElement value, string[] keys)
    {
        foreach (var key in keys)
        {
            if (value.TryGetProperty(key, out var text) && text.ValueKind == JsonValueKind.String && text.GetString()!.Trim() is { Length: > 0 } found)
            {
                return found;
            }
        }

        return null;
    }
}
