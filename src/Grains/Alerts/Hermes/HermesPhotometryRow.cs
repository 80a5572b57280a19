using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;
using TomOrleans.Grains.Targets;
using TomOrleans.Storage.Photometry;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>
/// Makes a point of a photometry row, or says which of its fields cannot be read for certain. Nothing is guessed: a row is taken
/// whole or not at all.
/// </summary>
/// <remarks>
/// A row as Hermes publishes it: <c>{"target_name": "AT2026abc", "date_obs": "2026-07-01T03:04:05Z", "telescope": "1m0a", "instrument":
/// "fa16", "bandpass": "g", "brightness": 18.5, "brightness_error": 0.02, "brightness_unit": "AB mag", "limiting_brightness_unit": "AB
/// mag"}</c>. Seen too: numbers as text, brightness <c>Infinity</c>, error <c>-0.1</c>, MJD and JD as text; SkyPortal writes <c>unit</c>.
/// </remarks>
internal ref struct HermesPhotometryRow(ReadOnlySpan<byte> json, ref readonly HermesFields row)
{
    private readonly ref readonly HermesFields _row = ref row;
    private JsonFields _fields = new(json);

    /// <summary>The point, or null and the fault.</summary>
    public ReportedPoint? Read(string origin, PointProvenance provenance, out string? faultField, out string? faultReason)
    {
        var name = Required(HermesField.TargetName, Text(HermesField.TargetName, InternTable.Names, numbersToo: false));
        if (name is not null && !TargetNames.IsName(name))
        {
            Fault(HermesField.TargetName, $"{QuotedText.Of(name)} is no name of a target");
        }

        var time = Time();
        var telescope = Text(HermesField.Telescope, InternTable.Words);
        var instrument = Text(HermesField.Instrument, InternTable.Words);
        if (telescope is null && instrument is null)
        {
            Fault(HermesField.Telescope, "neither telescope nor instrument is given");
        }

        var bandpass = Required(HermesField.Bandpass, Text(FirstOf(HermesField.Bandpass, HermesField.Filter, HermesField.Band), InternTable.Words));
        var brightness = Number(HermesField.Brightness);
        var brightnessError = NotNegative(HermesField.BrightnessError);
        var limit = Number(HermesField.LimitingBrightness);
        var limitError = NotNegative(HermesField.LimitingBrightnessError);
        if (brightness is null && limit is null)
        {
            Fault(HermesField.Brightness, "neither brightness nor limiting_brightness is given");
        }

        var unit = brightness is null && brightnessError is null ? default : Unit(FirstOf(HermesField.BrightnessUnit, HermesField.Unit));
        var limitUnit = limit is null && limitError is null ? default : LimitUnit();
        CheckMagnitude(HermesField.Brightness, brightness, unit);
        CheckMagnitude(HermesField.LimitingBrightness, limit, limitUnit);
        var exposure = NotNegative(HermesField.ExposureTime);
        var observer = Remark(HermesField.Observer, 400);
        var comments = Remark(HermesField.Comments, PhotometryRow.MostComment);

        (faultField, faultReason) = (_fields.Field, _fields.Reason);
        return faultField is not null ? null : new(name!, new PhotometryPoint
        {
            Time = time,
            Bandpass = bandpass!,
            Telescope = telescope,
            Instrument = instrument,
            Brightness = brightness,
            BrightnessError = brightnessError,
            BrightnessUnit = unit,
            LimitingBrightness = limit,
            LimitingBrightnessError = limitError,
            LimitingBrightnessUnit = limitUnit,
            ExposureSeconds = exposure,
            Observer = observer,
            Comments = comments,
            Origin = origin,
            Provenance = provenance,
        });
    }

    private ObservationTime Time()
    {
        var slice = _row[(int)HermesField.DateObs];
        if (slice.IsPresent && slice.Type is not (JsonTokenType.String or JsonTokenType.Number))
        {
            Fault(HermesField.DateObs, $"{JsonSlice.Kind(slice.Type)} is not a time");
            return default;
        }

        var reason = "is missing";
        ObservationTime time = default;
        var given = slice.IsPresent ? _fields.Plain(slice, HermesFields.Name(HermesField.DateObs)) : default;
        if (!slice.IsPresent || !TimeReader.TryRead(given, out time, out reason))
        {
            Fault(HermesField.DateObs, reason);
        }

        return time;
    }

    /// <summary>Without a unit Hermes means AB magnitudes.</summary>
    private BrightnessUnit Unit(HermesField field)
    {
        var slice = _row[(int)field];
        if (!slice.IsPresent)
        {
            return BrightnessUnit.AbMagnitude;
        }

        if (slice.Type != JsonTokenType.String)
        {
            Fault(field, $"{JsonSlice.Kind(slice.Type)} is not a unit");
            return default;
        }

        var text = _fields.Plain(slice, HermesFields.Name(field));
        var unit = HermesUnits.Read(text);
        if (unit is null)
        {
            Fault(field, $"{JsonFields.Quoted(text)} is not a unit of brightness that is known here");
        }

        return unit ?? default;
    }

    /// <summary>
    /// The limit's own unit, else the row's <c>unit</c>, else AB magnitudes; but not where the brightness_unit is another one: then nobody
    /// can say which the limit is in.
    /// </summary>
    private BrightnessUnit LimitUnit()
    {
        if (_row[(int)HermesField.LimitingBrightnessUnit].IsPresent)
        {
            return Unit(HermesField.LimitingBrightnessUnit);
        }

        if (!_row[(int)HermesField.BrightnessUnit].IsPresent)
        {
            return Unit(HermesField.Unit);
        }

        if (Unit(HermesField.BrightnessUnit) != BrightnessUnit.AbMagnitude)
        {
            Fault(HermesField.LimitingBrightnessUnit, "is missing, and brightness_unit is not AB mag");
        }

        return BrightnessUnit.AbMagnitude;
    }

    private readonly HermesField FirstOf(HermesField first, HermesField second) =>
        _row[(int)first].IsPresent || !_row[(int)second].IsPresent ? first : second;

    private readonly HermesField FirstOf(HermesField first, HermesField second, HermesField third) =>
        FirstOf(FirstOf(first, second), third);

    private string? Text(HermesField field, InternTable table, bool numbersToo = true) =>
        _fields.Text(_row[(int)field], HermesFields.Name(field), table, numbersToo);

    private readonly string? Remark(HermesField field, int longest) => _fields.Remark(_row[(int)field], longest);

    private double? Number(HermesField field) => _fields.Number(_row[(int)field], HermesFields.Name(field));

    private double? NotNegative(HermesField field)
    {
        var number = Number(field);
        if (number < 0)
        {
            Fault(field, $"{JsonFields.Quoted(_fields.Plain(_row[(int)field], ""))} is negative");
        }

        return number;
    }

    private string? Required(HermesField field, string? text)
    {
        if (text is null)
        {
            Fault(field, _row[(int)field].IsPresent ? "is empty" : "is missing");
        }

        return text;
    }

    private void CheckMagnitude(HermesField field, double? value, BrightnessUnit unit)
    {
        if (value is { } number && PointRules.Why(number, unit) is { } why)
        {
            Fault(field, $"{JsonFields.Quoted(_fields.Plain(_row[(int)field], ""))} {why}");
        }
    }

    private void Fault(HermesField field, string reason) => _fields.Fault(HermesFields.Name(field), reason);
}
