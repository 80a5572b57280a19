using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding.Reading;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts.Reading;

public sealed class ReadableTextTests
{
    [Fact]
    public void Json_is_indented_with_its_numbers_and_bare_tokens_as_they_stand() => Assert.Equal(
        "{\n  \"id\": 169641461369274412,\n  \"flux\": 1.50,\n  \"none\": NaN,\n  \"low\": -Infinity,\n  \"who\": \"Č\\n\",\n  \"list\": [\n    null,\n    true\n  ]\n}",
        Shown("""{"id": 169641461369274412, "flux": 1.50, "none": NaN, "low": -Infinity, "who": "\u010c\n", "list": [null, true]}"""));

    [Theory]
    [InlineData("{\"title\": \"cut off", "{\"title\": \"cut off")]
    [InlineData("\uFEFF<?xml version='1.0'?>\r\n<a/>", "<?xml version='1.0'?>\r\n<a/>")]
    [InlineData("TITLE: GCN\nA: \u001b[1m\n", "0000  54 49 54 4c 45")]
    [InlineData("words", "words")]
    [InlineData("{\"half\": \"\\ud800\"}", "\\ud800")]
    public void What_is_no_json_is_shown_as_it_is(string value, string shown) => Assert.Contains(shown, Shown(value), StringComparison.Ordinal);

    [Fact]
    public void Xml_of_another_encoding_keeps_its_letters() =>
        Assert.Contains("Müller", ReadableText.Of(Decode(Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='ISO-8859-1'?><a>Müller</a>"))), StringComparison.Ordinal);

    [Fact]
    public void Bytes_are_shown_by_their_start()
    {
        var text = ReadableText.Of(Decode([.. Enumerable.Range(0, 1000).Select(value => (byte)(255 - value))]));

        Assert.StartsWith("1,000 bytes that are no text and no format known here\n0000  ff fe fd fc fb fa f9 f8  f7 f6 f5 f4 f3 f2 f1 f0  ................\n", text, StringComparison.Ordinal);
        Assert.Contains("00b0  4f 4e 4d 4c 4b 4a 49 48  47 46 45 44 43 42 41 40  ONMLKJIHGFEDCBA@\n", text, StringComparison.Ordinal);
        Assert.EndsWith("... and 488 bytes more\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packet_is_shown_as_its_numbers()
    {
        var text = ReadableText.Of(Decode(Packet(61, 7, 0, 6_524_150)));

        Assert.StartsWith("GCN packet of type 61, number 7, sent at 18:07:21.50 UTC\nWhat the other numbers mean depends on the type", text, StringComparison.Ordinal);
        Assert.Contains("\n 0:          61           7           0     6524150 ", text, StringComparison.Ordinal);
        Assert.EndsWith("          10\n", text, StringComparison.Ordinal);
        Assert.StartsWith("GCN packet of type 61, number -1\n", ReadableText.Of(Decode(Packet(61, -1, 0, int.MaxValue))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"circularId": 7, "subject": "GRB 260101A", "body": "One.\nTwo."}""", "circularId: 7\nsubject: GRB 260101A\n\nOne.\nTwo.")]
    [InlineData("""{"format": "circular", "content": {"header": {"number": "7"}, "body": "One.\nTwo."}}""", "In the envelope of old hop clients:\n\nnumber: 7\n\nOne.\nTwo.")]
    [InlineData("""{"format": "blob", "content": "TITLE: GCN\nA: b"}""", "In the envelope of old hop clients:\n\nTITLE: GCN\nA: b")]
    public void Circulars_and_envelopes_keep_the_lines_of_their_bodies(string value, string shown) => Assert.Equal(shown, Shown(value));

    [Fact]
    public void A_long_message_is_cut_and_a_sky_map_shortened()
    {
        var map = Shown($$"""{"skymap": "{{new string('A', 1_400_000)}}", "far": 1}""");
        Assert.Contains($"\"{new string('A', 60)}... (1,400,000 characters)\",\n  \"far\": 1", map, StringComparison.Ordinal);

        var list = Shown($"[{string.Join(", ", Enumerable.Range(0, 300_000))}]");
        Assert.InRange(list.Length, ReadableText.Longest, ReadableText.Longest + 200);
        Assert.Contains("not shown further than here", list, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_without_a_value_is_shown_too() => Assert.StartsWith("0 bytes", ReadableText.Of(Decode([])), StringComparison.Ordinal);

    [Fact]
    public void A_format_that_the_bytes_belie_is_shown_all_the_same() => Assert.All(
        Enum.GetValues<AlertFormat>(),
        format => Assert.DoesNotContain("cannot be shown", ReadableText.Of(Decode("{\u0001") with { Format = format }), StringComparison.Ordinal));

    private static string Shown(string value) => ReadableText.Of(Decode(value));
}
