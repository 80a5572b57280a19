using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TomOrleans.Alerts;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>Whatever stands on a topic, it becomes an alert.</summary>
public sealed class AnyBytesTests
{
    private static readonly byte[] Message = Encoding.UTF8.GetBytes($$"""
        {"title": "t\u010c \u212b", "topic": "hermes.test", "message_text": "Čerenkov", "submitter": "s", "authors": "",
         "data": {"targets": [{"name": "AT2026abc", "ra": 33.2,
         "dec": "-20:30:00", "aliases": ["x"]}], "photometry": [{{GoodRow}}, {{GoodRow}}], "EBV": NaN,
         "extra_data": {"tom_orleans": {"submission": "00112233-4455-6677-8899-aabbccddeeff"} } } }
        """);

    [Property(MaxTest = 500)]
    public void Random_bytes_become_an_alert(byte[] value, byte[] id, byte[] sender, byte[] format)
    {
        Check(Decode(value, new MessageHeader("_id", id), new("_sender", sender), new("_format", format)));
        Check(Decode(value));
        Check(Decode(value, Header("_format", "json")));
    }

    [Property(MaxTest = 3000)]
    public void A_damaged_message_becomes_an_alert(PositiveInt seed)
    {
        var random = new System.Random(seed.Get);
        var damaged = Message.ToList();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(damaged.Count);
            switch (random.Next(5))
            {
                case 0:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged.RemoveRange(at, Math.Min(random.Next(1, 30), damaged.Count - at));
                    break;
                case 2:
                    damaged.InsertRange(at, damaged.GetRange(random.Next(damaged.Count / 2), random.Next(1, damaged.Count / 2)));
                    break;
                case 3:
                    damaged.Insert(at, "{}[]\",:\\0-NIetf \n"u8[random.Next(17)]);
                    break;
                default:
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
            }

            if (damaged.Count == 0)
            {
                break;
            }
        }

        Check(Decode([.. damaged], HermesHeaders()));
        Check(Decode([.. damaged]));
    }

    [Property(MaxTest = 1000)]
    public Property Any_value_in_any_field_makes_a_point_or_a_fault() => Prop.ForAll(
        Gen.Elements("target_name", "date_obs", "telescope", "instrument", "bandpass", "filter", "brightness", "brightness_error",
            "brightness_unit", "unit", "limiting_brightness", "limiting_brightness_error", "limiting_brightness_unit", "exposure_time").ToArbitrary(),
        Gen.OneOf(
            Gen.Elements("null", "true", "NaN", "-Infinity", "1e999", "0", "-0", "[]", "{}", "[[1]]", "\"\"", "\" \"", "\"\\ud800\"", "\"\\u0000\"", "1e-400",
                "123456789012345678901234567890"),
            ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite).Select(number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
            ArbMap.Default.GeneratorFor<string>().Select(text => System.Text.Json.JsonSerializer.Serialize(text))).ToArbitrary(),
        (field, json) =>
        {
            var alert = DecodeData($$"""{"photometry": [{{Row((field, json))}}]}""");
            Check(alert);
            return alert.Fault is null && alert.Report!.Points.Length + alert.Report.Faults.Length == 1;
        });

    private static void Check(Alert alert)
    {
        Assert.DoesNotContain("the decoder failed", alert.Fault ?? "", StringComparison.Ordinal);
        Assert.False(alert.Fault?.AsSpan().ContainsAny('\n', '\r') ?? false);
        Assert.Equal(alert.Fault is null && alert.Format == AlertFormat.Hermes, alert.Report is not null);
        foreach (var (_, point) in alert.Report?.Points ?? [])
        {
            Assert.True(point.Brightness is not null || point.LimitingBrightness is not null);
            Assert.All(
                (double?[])[point.Brightness, point.BrightnessError, point.LimitingBrightness, point.LimitingBrightnessError, point.ExposureSeconds],
                number => Assert.True(double.IsFinite(number ?? 0)));
            Assert.NotEmpty(point.Bandpass);
            Assert.NotEmpty(point.Origin);
        }

        Assert.All(alert.Report?.Faults ?? [], fault => Assert.False(string.IsNullOrEmpty(fault.Reason)));
    }
}
