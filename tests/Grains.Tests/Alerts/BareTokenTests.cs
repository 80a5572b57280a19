using TomOrleans.Alerts;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>NaN and infinities as Python writes them.</summary>
public sealed class BareTokenTests
{
    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("[NaN,NaN, -Infinity,Infinity]")]
    [InlineData("{\"NaN\": NaN, \"x\": [\"\\\\\", NaN]}")]
    public void A_bare_token_where_nobody_looks_harms_nothing(string token)
    {
        var report = DecodeData($$"""{"photometry": [{{Row(("T_start", token))}}], "EBV": {{token}}}""").Report!;

        Assert.Single(report.Points);
        Assert.Empty(report.Faults);
    }

    [Fact]
    public void Tokens_inside_texts_stay_as_they_are()
    {
        var report = DecodeRows(Row(("telescope", "\"-Infinity \\\" NaN, \\\\\""), ("bandpass", "\"NaN\""), ("x", "NaN")));

        Assert.Equal("-Infinity \" NaN, \\", Assert.Single(report.Points).Point.Telescope);
        Assert.Equal("NaN", report.Points[0].Point.Bandpass);
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("NAN")]
    [InlineData("-NaN")]
    [InlineData("+Infinity")]
    [InlineData("Inf")]
    [InlineData("NaN1")]
    [InlineData("1NaN")]
    [InlineData("NaN:")]
    [InlineData("InfinityNaN")]
    public void Other_tokens_are_broken_json(string token)
    {
        var alert = Decode($$"""{"a": {{token}}}""");

        Assert.StartsWith("broken JSON in line 1, byte", alert.Fault, StringComparison.Ordinal);
        Assert.Equal(AlertFormat.Json, alert.Format);
    }

    [Fact]
    public void The_message_itself_is_not_changed()
    {
        var alert = Decode("""{"a": NaN}""");

        Assert.Null(alert.Fault);
        Assert.Equal("""{"a": NaN}"""u8, alert.Value.Span);
    }
}
