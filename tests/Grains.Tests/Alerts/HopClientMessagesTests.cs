using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding.Reading;
using TomOrleans.Testing;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>What hop-client can publish beyond what others have recorded: any JSON that Python's <c>json.dumps</c> writes, any name of a format, and files of brokers nobody wrote code for.</summary>
public sealed class HopClientMessagesTests
{
    [Theory]
    [InlineData("\"a text\"")]
    [InlineData("42")]
    [InlineData("-1.5e-300")]
    [InlineData("NaN")]
    [InlineData("-Infinity")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("[1, NaN, {\"a\": Infinity}]")]
    [InlineData("{}")]
    [InlineData("{\"a\": NaN}")]
    [InlineData("{\"title\": \"\\ud83d\\ude00\", \"a\": \"\\ud800\"}")]
    [InlineData("{\"title\": \"\\ud800\", \"submitter\": \"\\udfff\", \"data\": {\"targets\": [{\"name\": \"\\ud800\", \"ra\": 1, \"dec\": 1}], \"photometry\": [{\"target_name\": \"\\ud800\"}]}}")]
    [InlineData("{\"\\ud800\": 1, \"data\": {}}")]
    [InlineData("{\"title\": null, \"submitter\": 5, \"data\": []}")]
    [InlineData("{\"data\": {\"photometry\": {}, \"targets\": null}, \"title\": \"a\", \"submitter\": \"b\"}")]
    [InlineData("{\"title\": 100000000000000000000000000000000000000000000, \"data\": {\"photometry\": [[], 1, null]}}")]
    public void Any_JSON_is_read_or_parked_with_a_reason_and_shown(string json)
    {
        var alert = Decode(Encoding.UTF8.GetBytes(json), HermesHeaders());

        Assert.False(alert.Fault?.StartsWith("the decoder failed", StringComparison.Ordinal) ?? false, alert.Fault);
        Assert.DoesNotContain("cannot be shown", ReadableText.Of(alert), StringComparison.Ordinal);
        Assert.True(alert.Format is AlertFormat.Json or AlertFormat.Hermes, $"{alert.Format}");
    }

    [Theory]
    [InlineData("JSON", AlertFormat.Json)]
    [InlineData("somebodys-own", AlertFormat.Text)]
    [InlineData("", AlertFormat.Json)]
    public void The_format_is_compared_without_case_and_an_unknown_one_is_kept_as_it_came(string format, AlertFormat expected)
    {
        var alert = Decode("{\"a\": 1}"u8.ToArray(), Header("_format", format));

        Assert.Equal((expected, null), (alert.Format, alert.Fault));
    }

    [Fact]
    public void Files_of_brokers_that_nobody_wrote_code_for_are_recognised_and_shown()
    {
        var found = SharedData.Find("brokers");
        Assert.SkipUnless(found.Path is not null, found.Reason ?? "");
        var files = Directory.GetFiles(found.Path!, "*.avro").Concat(Directory.GetFiles(found.Path!, "*.json")).ToArray();
        Assert.True(files.Length > 8);
        Assert.All(files, file =>
        {
            var alert = Decode(File.ReadAllBytes(file));

            Assert.Equal(file.EndsWith(".avro", StringComparison.Ordinal) ? AlertFormat.AvroFile : AlertFormat.Json, alert.Format);
            Assert.Null(alert.Fault);
            var text = ReadableText.Of(alert);
            Assert.True(text.Length > 100, text);

            // Its schema breaks the rules of Avro: that is said.
            Assert.Equal(Path.GetFileName(file).StartsWith("winter_", StringComparison.Ordinal), text.Contains("cannot be read", StringComparison.Ordinal));
        });
    }
}
