using TomOrleans.Grains.Alerts.Decoding;
using TomOrleans.Grains.Alerts.Decoding.Reading;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;
using static TomOrleans.Grains.Tests.Alerts.Reading.AvroBuilder;

namespace TomOrleans.Grains.Tests.Alerts.Reading;

/// <summary>Avro as a person sees it, and what schemas and lengths that somebody made up cannot do.</summary>
public sealed class ReadableAvroTests
{
    private const string Schema = """
        {"type": "record", "name": "alert", "namespace": "own", "fields": [
          {"name": "id", "type": "long"}, {"name": "name", "type": ["null", "string"]}, {"name": "flux", "type": "float"}, {"name": "stamp", "type": "bytes"},
          {"name": "band", "type": {"type": "enum", "name": "band", "symbols": ["g", "r"]}}, {"name": "seen", "type": "boolean"},
          {"name": "scores", "type": {"type": "map", "values": "double"}}, {"name": "history", "type": {"type": "array", "items": "int"}},
          {"name": "hash", "type": {"type": "fixed", "name": "hash", "size": 2}}, {"name": "day", "type": {"type": "int", "logicalType": "date"}}]}
        """;

    private static readonly byte[] Record =
    [
        .. Long(9_007_199_254_740_993), .. Long(1), .. Text("AT 2026č"), .. BitConverter.GetBytes(float.NaN), .. Bytes(new byte[40]), .. Long(1), 1,
        .. Long(1), .. Text("rb"), .. BitConverter.GetBytes(0.5), .. Long(0), .. Long(-150), .. Long(150), .. new byte[150], .. Long(0), 0xAB, 0xCD, .. Long(20_000),
    ];

    [Theory]
    [InlineData("null")]
    [InlineData("deflate")]
    [InlineData("snappy")]
    public void Records_of_a_file_are_shown_as_json_with_bytes_and_lists_shortened(string codec)
    {
        var text = Shown([.. FileHeader(Schema, codec), .. Block(2, [.. Record, .. Record], codec)]);

        Assert.StartsWith($"Avro file, schema own.alert, codec {codec}\n{{\n  \"id\": 9007199254740993,\n  \"name\": \"AT 2026č\",\n  \"flux\": NaN,", text, StringComparison.Ordinal);
        Assert.Contains("\"stamp\": \"0x00000000000000000000000000000000... (40 bytes)\"", text, StringComparison.Ordinal);
        Assert.Contains("\"band\": \"r\",\n  \"seen\": true,\n  \"scores\": {\n    \"rb\": 0.5\n  },", text, StringComparison.Ordinal);
        Assert.Contains("\"more that is not shown\"\n  ],\n  \"hash\": \"0xabcd\",\n  \"day\": 20000\n}", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("\"id\":").Length - 1);
        Assert.DoesNotContain("cannot", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_with_its_schema_in_the_key_is_shown()
    {
        var record = Record(Record) with { Key = System.Text.Encoding.UTF8.GetBytes(Schema) };

        var text = ReadableText.Of(MessageDecoder.Decode(record, Partition));

        Assert.StartsWith("Avro record, schema own.alert from the message's key\n{\n  \"id\": 9007199254740993", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_shown_as_far_as_it_can_be_read()
    {
        byte[] file = [.. FileHeader(Schema), .. Block(1, Record), .. Block(1, Record)];
        file[^20] ^= 0xFF;

        var text = Shown(file[..^3]);

        Assert.Equal(1, text.Split("\"id\":").Length - 1);
        Assert.EndsWith("cannot be read further: 16 bytes are wanted, 13 are left (byte 536)\n", text.Replace(Position(text), "536", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("... (40 bytes)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"bytes\"", 1_000_000_000L)]
    [InlineData("\"string\"", long.MaxValue)]
    [InlineData("\"string\"", -5L)]
    [InlineData("""{"type": "array", "items": "long"}""", 1_000_000_000L)]
    [InlineData("""{"type": "array", "items": "null"}""", long.MaxValue)]
    [InlineData("""{"type": "array", "items": "null"}""", long.MinValue)]
    [InlineData("""{"type": "map", "values": "null"}""", 1_000_000_000L)]
    [InlineData("""["null", "string"]""", 2L)]
    [InlineData("""["null", "string"]""", -1L)]
    [InlineData("""{"type": "enum", "name": "e", "symbols": ["a"]}""", 1L)]
    [InlineData("""{"type": "fixed", "name": "f", "size": 2000000000}""", 0L)]
    [InlineData("""{"type": "record", "name": "r", "fields": [{"name": "r", "type": "r"}]}""", 0L)]
    [InlineData("""{"type": "record", "name": "r", "fields": [{"name": "a", "type": "r"}, {"name": "b", "type": "r"}]}""", 0L)]
    [InlineData("""{"type": "array", "items": {"type": "record", "name": "r", "fields": []}}""", 1_000_000_000_000L)]
    public void Lengths_counts_and_schemas_that_lie_cost_little(string schema, long announced)
    {
        byte[] file = [.. FileHeader(schema), .. Block(1, Long(announced))];
        var before = GC.GetAllocatedBytesForCurrentThread();

        var text = Shown(file);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_000_000);
        Assert.Contains("cannot be read further", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_inside_itself_is_not_followed_for_ever()
    {
        const string Nested = """{"type": "record", "name": "r", "fields": [{"name": "r", "type": {"type": "array", "items": "r"}}]}""";
        var deep = Enumerable.Repeat(Long(1), 100_000).SelectMany(bytes => bytes).ToArray();

        Assert.Contains("nested deeper than 64", Shown([.. FileHeader(Nested), .. Block(1, deep)]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deflate")]
    [InlineData("snappy")]
    public void A_small_block_that_holds_much_is_refused(string codec)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var block = Block(1, new byte[100_000_000], codec);
        var mine = GC.GetAllocatedBytesForCurrentThread() - before;

        var text = Shown([.. FileHeader("\"bytes\"", codec), .. block]);

        Assert.Contains("cannot be read further", text, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before - mine, 0, 80_000_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"type\": \"nothing\"}")]
    [InlineData("[1]")]
    public void What_is_no_schema_is_said_and_the_bytes_are_shown(string schema)
    {
        var text = Shown([.. FileHeader(schema), .. Block(1, Record)]);

        Assert.StartsWith("Avro that cannot be read: its schema cannot be read", text, StringComparison.Ordinal);
        Assert.Contains("0000  4f 62 6a 01", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_compression_is_named() =>
        Assert.Contains("compressed with zstandard", Shown([.. FileHeader(Schema, "zstandard"), .. Block(1, Record)]), StringComparison.Ordinal);

    [Fact]
    public void A_file_without_records_says_so() => Assert.EndsWith("no records\n", Shown(FileHeader(Schema)), StringComparison.Ordinal);

    [Fact]
    public void A_frame_names_its_schema() =>
        Assert.StartsWith("Looks like an Avro record of 2 bytes in Confluent's frame, schema id 900: then its schema is in a registry, not in the message. Other bytes may begin so too\n0000  00 00 00 03 84", Shown([0, 0, 0, 3, 0x84, 1, 2]), StringComparison.Ordinal);

    private static string Position(string text) => text[(text.LastIndexOf("(byte ", StringComparison.Ordinal) + 6)..].TrimEnd('\n', ')');

    private static string Shown(byte[] value) => ReadableText.Of(Decode(value));
}
