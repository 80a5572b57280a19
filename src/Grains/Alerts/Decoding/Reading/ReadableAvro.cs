using System.Globalization;
using System.Text;
using Avro;
using TomOrleans.Grains.Alerts.Decoding.Avro;

namespace TomOrleans.Grains.Alerts.Decoding.Reading;

/// <summary>Avro records as JSON; what cannot be read is told after what can.</summary>
internal static class ReadableAvro
{
    private const int MostRecords = 20;

    public static string OfFile(ReadOnlySpan<byte> value)
    {
        var text = new StringBuilder();
        try
        {
            var file = AvroFile.Open(value);
            text.Append(CultureInfo.InvariantCulture, $"Avro file, schema {file.Schema.Fullname}, codec {file.Codec}\n");
            AppendRecords(file, value[file.HeaderLength..], text);
        }
        catch (InvalidDataException damaged)
        {
            AppendDamage(text, damaged, value);
        }

        return text.ToString();
    }

    public static string OfDatum(ReadOnlySpan<byte> value, ReadOnlySpan<byte> schema)
    {
        var text = new StringBuilder();
        try
        {
            var parsed = AvroSchema.Parse(schema);
            text.Append(CultureInfo.InvariantCulture, $"Avro record, schema {parsed.Fullname} from the message's key\n");
            var json = new IndentedJson();
            var records = new AvroJson(value, json);
            AppendRecord(ref records, parsed, json, text);
            if (records.Left > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"... and {records.Left:N0} bytes that do not belong to it\n");
            }
        }
        catch (InvalidDataException damaged)
        {
            AppendDamage(text, damaged, value);
        }

        return text.ToString();
    }

    public static string OfFrame(ReadOnlySpan<byte> value) => string.Create(
        CultureInfo.InvariantCulture,
        $"Looks like an Avro record of {value.Length - AvroForms.FrameBytes:N0} bytes in Confluent's frame, schema id {AvroForms.SchemaId(value)}: then its schema is in a registry, not in the message. Other bytes may begin so too\n{HexDump.Of(value)}");

    private static void AppendRecords(AvroFile file, ReadOnlySpan<byte> blocks, StringBuilder text)
    {
        var rest = new AvroBytes(blocks);
        long shown = 0, total = 0;
        while (file.TryTake(ref rest, out var count, out var stored))
        {
            total += count;
            if (shown < MostRecords && text.Length < ReadableText.Longest)
            {
                var json = new IndentedJson();
                var records = new AvroJson(AvroCodec.Decompress(file.Codec, stored), json);
                for (; count > 0 && shown < MostRecords; count--, shown++)
                {
                    AppendRecord(ref records, file.Schema, json, text);
                }

                if (count == 0 && records.Left > 0)
                {
                    throw new InvalidDataException($"{records.Left:N0} bytes more than the block's records have");
                }
            }
        }

        text.Append(total > shown ? string.Create(CultureInfo.InvariantCulture, $"... and {total - shown:N0} records more\n") : total == 0 ? "no records\n" : "");
    }

    private static void AppendRecord(ref AvroJson records, Schema schema, IndentedJson json, StringBuilder text)
    {
        try
        {
            records.Write(schema);
        }
        finally
        {
            // Also of a damaged record: what could be read of it.
            text.Append(json.Take()).Append('\n');
        }
    }

    /// <summary>Says why, and shows the bytes where no record could be shown.</summary>
    private static void AppendDamage(StringBuilder text, InvalidDataException damaged, ReadOnlySpan<byte> value)
    {
        text.Append(text.Length == 0 ? "Avro that cannot be read: " : "cannot be read further: ").Append(damaged.Message).Append('\n');
        if (!text.ToString().Contains('{', StringComparison.Ordinal))
        {
            text.Append(HexDump.Of(value));
        }
    }
}
