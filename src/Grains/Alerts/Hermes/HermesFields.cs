using System.Runtime.CompilerServices;
using System.Text.Json;
using TomOrleans.Grains.Alerts.Decoding;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>
/// The keys of a photometry row that are read. <c>filter</c>, <c>band</c> and <c>unit</c> are other people's names for what Hermes
/// calls bandpass and brightness_unit.
/// </summary>
internal enum HermesField
{
    TargetName,
    DateObs,
    Telescope,
    Instrument,
    Bandpass,
    Filter,
    Band,
    Brightness,
    BrightnessError,
    BrightnessUnit,
    Unit,
    LimitingBrightness,
    LimitingBrightnessError,
    LimitingBrightnessUnit,
    ExposureTime,
    Observer,
    Comments,
    Unknown,
}

/// <summary>Where the values of one photometry row stand, by key.</summary>
[InlineArray((int)HermesField.Unknown)]
internal struct HermesFields
{
    private JsonSlice _first;

    /// <summary>Reads the row whose opening brace the reader stands on, up to its closing one.</summary>
    public static void Read(ref Utf8JsonReader reader, out HermesFields row)
    {
        row = default;
        Span<byte> buffer = stackalloc byte[JsonName.BufferLength];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = Find(JsonName.Of(in reader, buffer));
            var value = JsonSlice.Take(ref reader);
            if (field != HermesField.Unknown)
            {
                row[(int)field] = value;
            }
        }
    }

    public static string Name(HermesField field) => field switch
    {
        HermesField.TargetName => "target_name",
        HermesField.DateObs => "date_obs",
        HermesField.Telescope => "telescope",
        HermesField.Instrument => "instrument",
        HermesField.Bandpass => "bandpass",
        HermesField.Filter => "filter",
        HermesField.Band => "band",
        HermesField.Brightness => "brightness",
        HermesField.BrightnessError => "brightness_error",
        HermesField.BrightnessUnit => "brightness_unit",
        HermesField.Unit => "unit",
        HermesField.LimitingBrightness => "limiting_brightness",
        HermesField.LimitingBrightnessError => "limiting_brightness_error",
        HermesField.LimitingBrightnessUnit => "limiting_brightness_unit",
        HermesField.ExposureTime => "exposure_time",
        HermesField.Observer => "observer",
        HermesField.Comments => "comments",
        _ => "",
    };

    private static HermesField Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 => name.SequenceEqual("unit"u8) ? HermesField.Unit : name.SequenceEqual("band"u8) ? HermesField.Band : HermesField.Unknown,
        6 => name.SequenceEqual("filter"u8) ? HermesField.Filter : HermesField.Unknown,
        8 => name.SequenceEqual("date_obs"u8) ? HermesField.DateObs : name.SequenceEqual("bandpass"u8) ? HermesField.Bandpass
            : name.SequenceEqual("observer"u8) ? HermesField.Observer : name.SequenceEqual("comments"u8) ? HermesField.Comments : HermesField.Unknown,
        9 => name.SequenceEqual("telescope"u8) ? HermesField.Telescope : HermesField.Unknown,
        10 => name.SequenceEqual("brightness"u8) ? HermesField.Brightness
            : name.SequenceEqual("instrument"u8) ? HermesField.Instrument : HermesField.Unknown,
        11 => name.SequenceEqual("target_name"u8) ? HermesField.TargetName : HermesField.Unknown,
        13 => name.SequenceEqual("exposure_time"u8) ? HermesField.ExposureTime : HermesField.Unknown,
        15 => name.SequenceEqual("brightness_unit"u8) ? HermesField.BrightnessUnit : HermesField.Unknown,
        16 => name.SequenceEqual("brightness_error"u8) ? HermesField.BrightnessError : HermesField.Unknown,
        19 => name.SequenceEqual("limiting_brightness"u8) ? HermesField.LimitingBrightness : HermesField.Unknown,
        24 => name.SequenceEqual("limiting_brightness_unit"u8) ? HermesField.LimitingBrightnessUnit : HermesField.Unknown,
        25 => name.SequenceEqual("limiting_brightness_error"u8) ? HermesField.LimitingBrightnessError : HermesField.Unknown,
        _ => HermesField.Unknown,
    };
}
