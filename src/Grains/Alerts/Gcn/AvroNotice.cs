using System.Text;
using Avro;
using TomOrleans.Grains.Alerts.Decoding.Avro;
using TomOrleans.Grains.Alerts.Decoding.Reading;

namespace TomOrleans.Grains.Alerts.Gcn;

/// <summary>
/// A gravitational-wave alert as HOPSKOTCH has it: an Avro file with its schema and one record, which says what <see cref="GcnJsonNotice"/> reads, with the sky map as bytes instead of a text.
/// </summary>
internal static class AvroNotice
{
    /// <summary>Null for a file of something else. Throws <see cref="InvalidDataException"/> for a damaged one.</summary>
    public static GcnNotice? Read(ReadOnlySpan<byte> content)
    {
        var file = AvroFile.Open(content);
        if (file.Schema is not RecordSchema record || record.Fields.All(field => field.Name != "superevent_id"))
        {
            return null;
        }

        var rest = new AvroBytes(content[file.HeaderLength..]);
        while (file.TryTake(ref rest, out var count, out var stored))
        {
            if (count > 0)
            {
                return OfRecord(AvroCodec.Decompress(file.Codec, stored), record);
            }
        }

        return null;
    }

    private static GcnNotice? OfRecord(ReadOnlySpan<byte> datum, RecordSchema schema)
    {
        var json = new IndentedJson();
        var reader = new AvroJson(datum, json);
        reader.Write(schema);
        return GcnJsonNotice.Read(Encoding.UTF8.GetBytes(json.Take()));
    }
}
