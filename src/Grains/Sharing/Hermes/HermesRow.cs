using System.Collections.Immutable;
using System.Text.Json;
using TomOrleans.Storage.Sharing;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// A row of Hermes' photometry table, as
/// <c>{"target_name":"AT2026abc","date_obs":"2026-07-01T03:04:05.000000Z","telescope":"1m0a","bandpass":"g","brightness":18.5,"brightness_unit":"AB mag"}</c>.
/// </summary>
internal sealed class HermesRow
{
    private readonly PhotometryPoint _point;
    private readonly string _target;
    private readonly string _date;
    private readonly string _bandpass;
    private readonly string _brightnessUnit;
    private readonly double? _brightness;
    private readonly double? _brightnessError;
    private readonly string? _limitUnit;
    private readonly double? _limit;
    private readonly double? _limitError;

    private HermesRow(SharedPoint shared, string target, string date, string bandpass, HermesUnit? brightness, HermesUnit? limit)
    {
        Key = shared.Key;
        _point = shared.Point;
        _target = target;
        _date = date;
        _bandpass = bandpass;

        // Both units default to AB mag at Hermes, so each is stated. A limit alone gets brightness_unit too: the TOM Toolkit reads that one for limits.
        _brightnessUnit = (brightness ?? limit)!.Value.Name;
        _brightness = brightness?.Convert(_point.Brightness);
        _brightnessError = brightness?.Convert(_point.BrightnessError);
        _limitUnit = limit?.Name;
        _limit = limit?.Convert(_point.LimitingBrightness);
        _limitError = limit?.Convert(_point.LimitingBrightnessError);
    }

    public PointKey Key { get; }

    /// <summary>Identity and content, 16 hexadecimal digits each: how a row is known again when the message comes back.</summary>
    public string Identity => $"{Key.Identity:x16}:{Key.Content:x16}";

    /// <summary>Who made the measurement.</summary>
    public string Origin => _point.Origin;

    /// <summary>The origin's own id of it; null when it gives none.</summary>
    public string? MeasurementId => _point.MeasurementId;

    /// <summary>Makes the row, or the two rows that a dialect wants, or says why Hermes would not take it or its readers would misread it.</summary>
    public static ImmutableArray<HermesRow> MakeAll(SharedPoint shared, string target, HermesDialect dialect, out string reason)
    {
        var point = shared.Point;
        if (dialect == HermesDialect.Toolkit2 && point is { Brightness: not null and not 0, LimitingBrightness: not null and not 0 })
        {
            var detection = Make(shared with { Point = point with { LimitingBrightness = null, LimitingBrightnessError = null } }, target, dialect, out reason);
            var limit = detection is null ? null : Make(shared with { Point = point with { Brightness = null, BrightnessError = null } }, target, dialect, out reason);
            return detection is null || limit is null ? [] : [detection, limit];
        }

        return Make(shared, target, dialect, out reason) is { } row ? [row] : [];
    }

    private static HermesRow? Make(SharedPoint shared, string target, HermesDialect dialect, out string reason)
    {
        var point = shared.Point;
        HermesUnit? brightness = point.Brightness is null ? null : HermesUnit.For(point.BrightnessUnit);
        HermesUnit? limit = point.LimitingBrightness is null ? null : HermesUnit.For(point.LimitingBrightnessUnit);
        var bandpass = HermesText.Trimmed(point.Bandpass);
        reason = "";
        if (point.IsRetracted)
        {
            reason = "retracted";
        }
        else if (bandpass is null)
        {
            reason = "no bandpass";
        }
        else if (HermesText.Trimmed(point.Telescope) is null && HermesText.Trimmed(point.Instrument) is null)
        {
            reason = "neither telescope nor instrument, and Hermes needs one of them";
        }
        else if (!HermesText.IsClean(bandpass) || !HermesText.IsClean(point.Telescope) || !HermesText.IsClean(point.Instrument))
        {
            reason = "characters in bandpass, telescope or instrument that Hermes refuses";
        }
        else if (point.Brightness is null && point.LimitingBrightness is null)
        {
            reason = "neither brightness nor limit";
        }
        else if ((point.Brightness is not null && brightness is null) || (point.LimitingBrightness is not null && limit is null))
        {
            reason = "a magnitude of unknown system, which Hermes would take for AB";
        }
        else if (dialect == HermesDialect.SkyPortal && Misread(point) is { } misread)
        {
            reason = misread;
        }
        else if (!HermesTime.TryFormat(point.Time, dialect, out var date, out var fault))
        {
            reason = fault;
        }
        else
        {
            var row = new HermesRow(shared, target, date, bandpass, brightness, limit);
            reason = row.NumberFault() ?? "";
            return reason.Length == 0 ? row : null;
        }

        return null;
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (name, text) in Texts())
        {
            if (text is not null)
            {
                json.WriteString(name, text);
            }
        }

        foreach (var (name, number) in Numbers())
        {
            if (number is { } value)
            {
                json.WriteNumber(name, value);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>What the row takes in the message that Hermes publishes, identity and separators included, without its origin [bytes].</summary>
    public int PublishedSize()
    {
        var size = PythonJson.EmptyObject + PythonJson.Separator + PythonJson.Text(Identity) + PythonJson.Separator;
        foreach (var (name, text) in Texts())
        {
            size += text is null ? 0 : PythonJson.Member(name, PythonJson.Text(text));
        }

        foreach (var (name, number) in Numbers())
        {
            size += number is { } value ? PythonJson.Member(name, PythonJson.Number(value)) : 0;
        }

        // Hermes adds the default.
        return _limitUnit is null ? size + PythonJson.Member("limiting_brightness_unit", PythonJson.Text("AB mag")) : size;
    }

    private (string Name, string? Text)[] Texts() =>
    [
        ("target_name", _target),
        ("date_obs", _date),
        ("telescope", HermesText.Trimmed(_point.Telescope)),
        ("instrument", HermesText.Trimmed(_point.Instrument)),
        ("bandpass", _bandpass),
        ("brightness_unit", _brightnessUnit),
        ("limiting_brightness_unit", _limitUnit),
        ("observer", Remark(_point.Observer)),
        ("comments", Remark(_point.Comments)),
    ];

    private (string Name, double? Number)[] Numbers() =>
    [
        ("brightness", _brightness),
        ("brightness_error", _brightnessError),
        ("limiting_brightness", _limit),
        ("limiting_brightness_error", _limitError),
        ("exposure_time", _point.ExposureSeconds),
    ];

    /// <summary>Worth no refusal of the whole message: what Hermes would refuse goes without it.</summary>
    private static string? Remark(string? text) => HermesText.IsClean(text) ? HermesText.Trimmed(text) : null;

    private string? NumberFault()
    {
        foreach (var (name, number) in Numbers())
        {
            // Hermes publishes what is not finite as broken JSON, and then fails.
            if (number is { } value && !double.IsFinite(value))
            {
                return $"{name} is no finite number in Hermes' unit";
            }
        }

        // Hermes takes exactly zero for missing; beside another value it stays.
        return _brightness is null or 0 && _limit is null or 0
            ? $"a {(_brightness is null ? "limit" : "brightness")} of exactly 0, which Hermes takes for missing"
            : null;
    }

    /// <summary>Why SkyPortal would read something else, or nothing; null when it reads the measurement.</summary>
    private static string? Misread(PhotometryPoint point) =>
        point.Brightness is null ? "a limit without detection, which SkyPortal does not read"
        : point.BrightnessUnit != BrightnessUnit.AbMagnitude ? "not an AB magnitude, and SkyPortal takes every brightness for one"
        : null;
}
