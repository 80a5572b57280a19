using System.Collections.Immutable;
using System.Text;
using Avro;

namespace TomOrleans.Grains.Alerts.Decoding.Avro;

/// <summary>
/// An Avro object container file: a header with the schema, then blocks of records, each closed by the header's sync marker. One message may hold none, one
/// or many records.
/// </summary>
/// <param name="Schema">The writer's schema.</param>
/// <param name="Codec">How blocks are compressed: <c>null</c>, <c>deflate</c>, <c>snappy</c>, or what we cannot read.</param>
/// <param name="Sync">The marker after each block.</param>
/// <param name="HeaderLength">Where the first block begins.</param>
internal sealed record AvroFile(Schema Schema, string Codec, ImmutableArray<byte> Sync, int HeaderLength)
{
    private const int SyncBytes = 16;
    private const int MostEntries = 1000;

    /// <summary>Reads the header. Throws <see cref="InvalidDataException"/> for what is none.</summary>
    public static AvroFile Open(ReadOnlySpan<byte> value)
    {
        var bytes = ReadEntries(new(value), out var schema, out var codec);
        var sync = bytes.Take(SyncBytes).ToImmutableArray();
        return new(AvroSchema.Parse(schema), codec, sync, bytes.Position);
    }

    /// <summary>The text of the schema, not read; empty where there is none. Throws as <see cref="Open"/> does.</summary>
    public static ReadOnlySpan<byte> SchemaOf(ReadOnlySpan<byte> value)
    {
        ReadEntries(new(value), out var schema, out _);
        return schema;
    }

    /// <summary>What comes after the header's entries.</summary>
    private static AvroBytes ReadEntries(AvroBytes bytes, out ReadOnlySpan<byte> schema, out string codec)
    {
        if (!AvroForms.IsFile(bytes.Take(4)))
        {
            throw bytes.Broken("no Avro file");
        }

        schema = default;
        codec = "null";
        var entries = 0;
        for (var count = bytes.BlockCount(); count > 0; count = bytes.BlockCount())
        {
            for (; count > 0; count--)
            {
                if (++entries > MostEntries)
                {
                    throw bytes.Broken("a header of too many entries");
                }

                var name = bytes.Bytes();
                var entry = bytes.Bytes();
                if (name.SequenceEqual("avro.schema"u8))
                {
                    schema = entry;
                }
                else if (name.SequenceEqual("avro.codec"u8))
                {
                    codec = FreeText.Clean(Encoding.UTF8.GetString(entry), 20) ?? "null";
                }
            }
        }

        return bytes;
    }

    /// <summary>
    /// Takes the next block from the bytes after the header, still compressed. False at the end. Throws <see cref="InvalidDataException"/> for a damaged block.
    /// </summary>
    public bool TryTake(ref AvroBytes rest, out long count, out ReadOnlySpan<byte> stored)
    {
        count = 0;
        stored = default;
        if (rest.Left == 0)
        {
            return false;
        }

        count = rest.Long();
        stored = rest.Bytes();
        if (count < 0 || !rest.Take(SyncBytes).SequenceEqual(Sync.AsSpan()))
        {
            // Lengths do not lie when the marker stands where they end.
            throw rest.Broken("a damaged block: the marker at its end is missing");
        }

        return true;
    }
}
